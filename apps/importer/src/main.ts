import path from 'node:path';
import { readArguments, type Order } from './command-line/arguments.js';
import { usage } from './command-line/usage.js';
import { runImport } from './importing/run-import.js';
import { stopSignals } from './importing/signals.js';
import { Interrupted, OperatorError } from './operator-error.js';
import { inWords, writeSummary } from './report/summary.js';
import { inRepository } from './repository.js';
import { joinSystem } from './system/join.js';

// npm runs scripts in the repository's root and says here where it was called: files on the command line are meant from there.
const callersFolder = process.env['INIT_CWD'] ?? process.cwd();

async function main(): Promise<number> {
  let order: Order | 'help';
  try {
    order = readArguments(process.argv.slice(2), callersFolder);
  } catch (error) {
    return complain(error, 2);
  }
  if (order === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await carryOut(order);
  } catch (error) {
    return complain(error, 1);
  }
}

async function carryOut(order: Order): Promise<number> {
  const { ATRIUM_DATA, ATRIUM_URL: url, ATRIUM_TOKEN: token } = process.env;
  // As `npm start` resolves it, so that both mean the same folder.
  const dataFolder = path.resolve(ATRIUM_DATA || '.atrium');
  const { stop, cut } = stopSignals();
  const { summary, failure } = await runImport({
    order,
    file: order.file ?? inRepository('apps', 'importer', 'samples', order.source.sample),
    rejectsFile: order.rejects ?? path.join(dataFolder, `rejects-${order.source.name}-${timeInName()}.csv`),
    join: () =>
      joinSystem({
        dataFolder,
        script: inRepository('dist', 'apps', 'atrium', 'main.js'),
        ...(url ? { url } : {}),
        ...(token ? { token } : {}),
        signal: stop,
        onStart: (line) => process.stderr.write(`${line}\n`),
      }),
    output: process.stderr,
    stop,
    cut,
  });
  if (order.summary !== undefined) await writeSummary(order.summary, summary);
  if (summary.read > 0 || failure === undefined) process.stdout.write(`${inWords(summary)}\n`);
  return failure === undefined ? 0 : complain(failure, 1);
}

/** Errors that the operator can act on are one line; anything else is a fault of the program and shows where. */
function complain(error: unknown, exitCode: number): number {
  if (error instanceof Interrupted) {
    process.stderr.write('Interrupted.\n');
    return error.exitCode;
  }
  const text = error instanceof OperatorError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  return exitCode;
}

const timeInName = (): string => new Date().toISOString().replace(/[:.]/g, '-');

process.exitCode = await main();
