import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Comparison } from '../measuring/row.js';
import { Program } from '../processes/program.js';
import type { RunningService, Workbench } from '../processes/workbench.js';
import type { RawClientTasks } from '../raw-client.js';
import type { StoredAppend } from '../processes/raw-client-tasks.js';
import { equalContents } from './same-contents.js';

/** As many as the importer's requests may hold: 4 of them, 64 rows of each in hand. */
const IN_FLIGHT = 256;

/** Numbers of twelve digits, so that every round is of the same length. */
const [LOWEST_CASE, HIGHEST_CASE] = [100_000_000_000, 900_000_000_000];

/** The rows of the importer's sample again and again, each with a number of its own: written where the importer reads it. */
export function writeCases(bench: Workbench, count: number): string {
  const [header = '', ...sample] = fs.readFileSync(bench.sample, 'utf8').trim().split('\n');
  const first = LOWEST_CASE + Math.floor(Math.random() * (HIGHEST_CASE - LOWEST_CASE));
  const lines = Array.from({ length: count }, (_, index) => (sample[index % sample.length] ?? '').replace(/^\d+/, String(first + index)));
  const file = `${bench.path('cases')}.csv`;
  fs.writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
  return file;
}

export interface ImportSummary {
  readonly outcome: string;
  readonly accepted: number;
  readonly rowsPerSecond: number;
  readonly waitedSeconds?: number;
}

/** Runs the importer on a file. @throws unless all rows were taken */
export async function runImporter(bench: Workbench, { url, token }: RunningService, file: string, rows: number, ...options: readonly string[]): Promise<ImportSummary> {
  const summaryFile = `${bench.path('summary')}.json`;
  const importer = Program.start(bench.program('importer', 'main'), ['boston311', file, '--summary', summaryFile, '--rejects', `${file}.rejects`, ...options], {
    ATRIUM_URL: url, ATRIUM_TOKEN: await token('integration'),
  }, bench.profiling('importer'));
  await importer.toItsEnd();
  const summary = JSON.parse(fs.readFileSync(summaryFile, 'utf8')) as ImportSummary;
  if (summary.outcome !== 'complete' || summary.accepted !== rows) throw new Error(`The import took ${summary.accepted} of ${rows} rows:\n${importer.output}`);
  return summary;
}

export const importing: Comparison = {
  kind: 'comparison',
  name: 'import',
  what: 'rows of a CSV file by the importer through the service, a case of several events a row; nothing follows the log',
  against: 'the same events, an append a row, by the same client with 256 in flight',
  unit: 'rows/s',
  figure: 'ratio',
  goal: { atLeast: 0.6 },
  async prepare(bench) {
    const log = await bench.eventStore();
    const [service, client] = await Promise.all([bench.tickets(log.url), bench.worker<RawClientTasks>('raw-client')]);
    await client.run('connect', log);
    const rows = bench.size(5_000);
    let appends: readonly StoredAppend[] | undefined;
    let [rounds, againstRounds] = [0, 0];
    return {
      what: async () => {
        const { rowsPerSecond } = await runImporter(bench, service, writeCases(bench, rows), rows);
        rounds += 1;
        appends ??= await client.run('eventsOf', { prefix: 'complaint-' });
        return rowsPerSecond;
      },
      against: async () => {
        if (appends?.length !== rows) throw new Error(`${rows} rows made ${appends?.length} appends`);
        againstRounds += 1;
        return client.run('replay', { appends, streams: appends.map(() => `copy-${randomUUID()}`), many: IN_FLIGHT });
      },
      verify: async () => equalContents(await client.run('contents', { prefix: 'complaint-' }), rounds, await client.run('contents', { prefix: 'copy-' }), againstRounds),
    };
  },
};
