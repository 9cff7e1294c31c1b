import fs from 'node:fs';
import path from 'node:path';
import { readArguments } from './command-line.js';
import { measureRow } from './measuring/measure.js';
import type { RowResult } from './measuring/row.js';
import { Workbench } from './processes/workbench.js';
import { withFigures } from './report/document.js';
import { machine } from './report/machine.js';
import { profilesText } from './report/profile.js';
import { table } from './report/table.js';
import { rows } from './rows/rows.js';

// Beside the other built apps, in dist/apps/bench of the repository.
const programs = path.resolve(import.meta.dirname, '..');
const repository = path.resolve(programs, '../..');

const MINUTES = 60_000;
/** No row is repeated later, so that a run ends within a quarter of an hour also on a busy machine. */
const REPEAT_UNTIL_MS = 8 * MINUTES;

const order = readArguments(process.argv.slice(2), rows.map(({ name }) => name));
if ('message' in order) {
  process.stderr.write(`${order.message}\n`);
  process.exit(order.exitCode);
}

const startedAt = new Date().toISOString();
const results: RowResult[] = [];
const bench = new Workbench({ programs, sample: path.join(repository, 'apps/importer/samples/boston311-sample.csv'), scale: order.quick ? 0.1 : 1, profiles: order.profiles });
// What was started would outlive this process.
for (const [signal, exitCode] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
  process.once(signal, () => void bench.close().finally(() => process.exit(exitCode)));
}
try {
  for (const row of rows.filter(({ name }) => order.rows.includes(name))) {
    process.stderr.write(`${row.name} …\n`);
    results.push(await measureRow(row, bench, { rounds: order.rounds, repeats: order.quick || order.profiles !== undefined ? 0 : 3, repeatUntilMs: REPEAT_UNTIL_MS }));
    await bench.clear();
  }
} finally {
  await bench.close();
}

const taken = { startedAt, seconds: Math.round(performance.now() / 1_000), quick: order.quick, machine: machine(), rows: results };
const file = path.resolve(repository, order.json);
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify(taken, undefined, 2)}\n`);
process.stdout.write(`${table(taken)}\n\n${file}\n`);
if (order.document !== undefined) {
  const page = path.resolve(repository, order.document);
  fs.writeFileSync(page, withFigures(fs.readFileSync(page, 'utf8'), table(taken)));
}
if (order.profiles !== undefined) process.stdout.write(`\n${profilesText(order.profiles)}\n`);
