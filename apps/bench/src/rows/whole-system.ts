import type { HttpClientTasks } from '../http-client.js';
import type { Report } from '../measuring/row.js';
import type { RunningService, Workbench } from '../processes/workbench.js';
import { commandsPath, example, followUpPath } from './example-complaint.js';
import { runImporter, writeCases } from './importing.js';
import type { RawClientTasks } from '../raw-client.js';
import { median } from '../measuring/statistics.js';

const IN_FLIGHT = 32;
const STARTS = 3;

export const wholeSystem: Report = {
  kind: 'report',
  name: 'whole-system',
  what: 'everything on, as `npm start` starts it: an import and the time until all views show it; commands, 32 in flight, while the views follow; lists over what was imported, one query at a time',
  async measure(bench) {
    const rows = bench.size(10_000);
    const system = await bench.system();
    const [token, http] = [await system.token('supervisor'), await bench.worker<HttpClientTasks>('http-client')];
    const imported = await runImporter(bench, system, writeCases(bench, rows), rows, '--wait');
    const created = await http.run('post', { url: system.url, token, paths: Array.from({ length: bench.size(4_000) }, () => commandsPath), body: example.creation, many: IN_FLIGHT });
    const client = await bench.worker<RawClientTasks>('raw-client');
    await client.run('connect', { url: system.eventStoreUrl });
    const paths = (await client.run('streamsOf', { prefix: 'complaint-', count: bench.size(3_000) })).map(followUpPath);
    const followed = await http.run('post', { url: system.url, token, paths, body: example.followUp, many: IN_FLIGHT });
    return [
      { label: 'import, all views at work', value: imported.rowsPerSecond, unit: 'rows/s' },
      { label: 'until all views showed it, another', value: imported.waitedSeconds ?? 0, unit: 's' },
      { label: 'creations, 32 in flight', value: created.perSecond, unit: '/s' },
      { label: 'their p99', value: created.p99Ms, unit: 'ms' },
      { label: 'follow-ups, 32 in flight', value: followed.perSecond, unit: '/s' },
      { label: 'their p99', value: followed.p99Ms, unit: 'ms' },
      ...(await listTimes(bench, system, token, rows)),
    ];
  },
};

const lists: readonly (readonly [label: string, query: string])[] = [
  ['list of open ones by due time', ''],
  ['list of all, newest first', '?status=all&sort=-opened'],
  ['list of a department', '?status=all&department=PWDx'],
  ['search', '?status=all&q=pickup'],
  ['counts of all filters', '/facets?status=all'],
];

async function listTimes(bench: Workbench, { url }: RunningService, token: string, cases: number) {
  const http = await bench.worker<HttpClientTasks>('http-client');
  const times = [];
  for (const [label, query] of lists) {
    const paths = Array.from({ length: bench.size(100) + 5 }, () => `${commandsPath}${query}`);
    // The first ones compile the query.
    await http.run('get', { url, token, paths: paths.slice(0, 5), many: 1 });
    const { p50Ms } = await http.run('get', { url, token, paths, many: 1 });
    times.push({ label: `${label} (${cases.toLocaleString('en-US')} cases), median`, value: p50Ms, unit: 'ms' });
  }
  return times;
}

export const start: Report = {
  kind: 'report',
  name: 'start',
  what: 'the built system, from the start of its process until it is ready: on an empty folder, and on the same folder again (median of 3)',
  async measure(bench) {
    const first = await bench.system();
    await first.stop();
    const again: number[] = [];
    for (let count = 0; count < STARTS; count += 1) {
      const { startedMs, stop } = await bench.system(first.folder);
      again.push(startedMs);
      await stop();
    }
    return [{ label: 'on an empty folder', value: first.startedMs / 1_000, unit: 's' }, { label: 'again', value: median(again) / 1_000, unit: 's' }];
  },
};
