// npm run test:kill-import -- --seed S --kills N --limit L [--file F]
// Kills the whole system and the importer at random moments, restarts, goes on with the import, and compares the totals
// with those of an undisturbed run. Prints what it did; exits 1 on a difference.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { runImport, startImport, startSystem, stopSystem, totals, type Stores, type Subject } from './kill-import/import-under-test.js';
import { killTree } from './kill-import/process-tree.js';
import { seededRandom } from './kill-import/seeded-random.js';
import { inRepository } from './repository.js';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '20' }, limit: { type: 'string', default: '5000' }, file: { type: 'string' } } });
const [seed, kills, limit] = [values.seed, values.kills, values.limit].map(Number) as [number, number, number];
if (![seed, kills, limit].every((value) => Number.isInteger(value) && value >= 0) || limit === 0) {
  console.error('Usage: npm run test:kill-import -- [--seed 1] [--kills 20] [--limit 5000] [--file requests.zip]');
  process.exit(2);
}

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-kill-'));
fs.chmodSync(base, 0o755);
const source = sourceFile();
const random = seededRandom(seed);
let running: { pid?: number | undefined } | undefined;
process.once('exit', () => { if (running?.pid !== undefined) killTree(running.pid, random); });

const undisturbed = await undisturbedRun();
const disturbed = await disturbedRun(undisturbed.ms);
const agree = isDeepStrictEqual(disturbed.log, disturbed.views) && isDeepStrictEqual(facts(disturbed), facts(undisturbed.stores));
console.log(JSON.stringify({ undisturbed: undisturbed.stores.log, afterKills: disturbed.log, views: disturbed.views }, null, 2));
console.log(agree ? `After ${kills} kills the totals are those of an undisturbed run (seed ${seed}).` : `The totals DIFFER after ${kills} kills (seed ${seed}); the data is kept in ${base}.`);
if (agree) fs.rmSync(base, { recursive: true, force: true });
process.exit(agree ? 0 : 1);

async function undisturbedRun(): Promise<{ stores: Stores; ms: number }> {
  const subject: Subject = { folder: path.join(base, 'undisturbed'), source, limit };
  const { child, url } = await startSystem(subject);
  running = child;
  const begun = Date.now();
  await runImport(subject);
  const ms = Date.now() - begun;
  const stores = await totals(url, subject);
  await stopSystem(child);
  running = undefined;
  console.log(`Undisturbed: ${limit} rows in ${(ms / 1_000).toFixed(1)} s`);
  return { stores, ms };
}

async function disturbedRun(undisturbedMs: number): Promise<Stores> {
  const subject: Subject = { folder: path.join(base, 'killed'), source, limit };
  for (let kill = 1; kill <= kills; kill += 1) {
    const { child } = await startSystem(subject);
    running = child;
    const importer = startImport(subject, false);
    // Short enough that the import lasts for all of the kills, long enough that some work is done before most of them.
    const delayMs = Math.round(300 + random() * (2 * undisturbedMs / Math.max(1, kills)));
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const victims = killTree(child.pid as number, random);
    importer.kill('SIGKILL');
    console.log(`kill ${kill}/${kills}: ${victims} processes and the importer after ${delayMs} ms`);
  }
  const { child, url } = await startSystem(subject);
  running = child;
  await runImport(subject);
  const stores = await totals(url, subject);
  await stopSystem(child);
  running = undefined;
  return stores;
}

/** The system notices breaches in its own time: how many of those events there are says nothing about the import. */
function facts({ log }: Stores): object {
  const { events: _withNoticedBreaches, ...rest } = log;
  return rest;
}

function sourceFile(): string {
  if (values.file !== undefined) return path.resolve(process.env.INIT_CWD ?? process.cwd(), values.file);
  const full = path.join(process.env.ATRIUM_SHARED_DATA ?? inRepository('../shared/data'), 'boston311_2011H2.zip');
  if (fs.existsSync(full)) return full;
  console.log('Without --file the sample of 300 rows is imported.');
  return '--sample';
}
