import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inRepository } from './repository.js';
import type { Summary } from './report/summary.js';
import { boston311 } from './sources/boston311/boston311.js';
import { startChildSystem, type ChildSystem } from './system/child-system.js';
import { integrationToken } from './system/token.js';

const importer = inRepository('dist', 'apps', 'importer', 'main.js');
const atrium = inRepository('dist', 'apps', 'atrium', 'main.js');
const sample = inRepository('apps', 'importer', 'samples', boston311.sample);
const minutes = 60_000;

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  readonly summary: Summary;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-importer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const dataFolder = (): string => path.join(folder, 'data');

/** Runs the importer as built. `meanwhile` acts on the process while it runs. */
async function runImporter(args: readonly string[], meanwhile: (child: ChildProcess) => Promise<void> = () => Promise.resolve()): Promise<Ended> {
  const summary = path.join(folder, 'summary.json');
  await rm(summary, { force: true });
  const { INIT_CWD: _callersFolder, ATRIUM_URL: _url, ATRIUM_TOKEN: _token, ...env } = process.env;
  const child = spawn(process.execPath, [importer, ...args, '--summary', summary], { cwd: folder, env: { ...env, ATRIUM_DATA: dataFolder() }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.errors += text));
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  await Promise.race([meanwhile(child), closed]);
  const code = await closed;
  return { code, ...said, summary: JSON.parse(await readFile(summary, 'utf8')) as Summary };
}

/** A file with the sample's rows many times over, each with an id of its own. */
async function manyRows(name: string, times: number): Promise<string> {
  const [header, ...rows] = (await readFile(sample, 'utf8')).trimEnd().split('\n');
  const copies = Array.from({ length: times }, (_, copy) => rows.map((row) => `${name}-${copy}-${row}`)).flat();
  await writeFile(path.join(folder, `${name}.csv`), [header, ...copies].join('\n'));
  return `${name}.csv`;
}

async function ask<T>(system: ChildSystem, asked: string): Promise<T> {
  const response = await fetch(new URL(asked, system.url), { headers: { authorization: `Bearer ${await integrationToken(dataFolder())}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

interface Totals {
  readonly stores: { readonly [store in 'log' | 'views']: { readonly cases: number; readonly closed: number; readonly open: number } };
}

const totals = async (system: ChildSystem): Promise<Totals['stores']> => (await ask<Totals>(system, '/api/tickets/totals')).stores;

/** Resolves when the log has grown by a good part of a file. */
async function untilUnderWay(system: ChildSystem): Promise<void> {
  const end = async (): Promise<bigint> => BigInt((await ask<readonly { readonly logEnd: string }[]>(system, '/api/tickets/runners'))[0]?.logEnd ?? -1);
  const first = await end();
  while ((await end()) < first + 1_000n) await new Promise((resolve) => setImmediate(resolve));
}

describe('the importer and the system as built', () => {
  let system: ChildSystem | undefined;
  const running = (): ChildSystem => {
    if (system === undefined) throw new Error('The system did not start.');
    return system;
  };
  afterAll(() => system?.stop());

  it('starts a system where none runs, imports the sample, waits for the views, and leaves nothing running', async () => {
    const { code, output, errors, summary } = await runImporter(['boston311', '--sample', '--wait']);
    expect(`${code} ${errors}`).toMatch(/^0 No system runs on .*; starting one for this import\.\nStarted the system at http:\/\/127\.0\.0\.1:\d+; it stops with this import\.\n/);
    expect(output).toMatch(/^boston311: 300 rows read in [\d.]+ s \(\d+ rows\/s\): 300 accepted, 0 already there, 0 rejected\.\nAll views passed/);
    expect(summary).toMatchObject({ outcome: 'complete', read: 300, accepted: 300, duplicates: 0, rejected: 0 });
    expect(existsSync(path.join(dataFolder(), 'run.json'))).toBe(false);
  }, 2 * minutes);

  it('joins a running system and duplicates nothing', async () => {
    system = await startChildSystem(atrium, dataFolder(), new AbortController().signal);
    const { code, errors, summary } = await runImporter(['boston311', sample, '--wait']);
    expect([code, errors.split('\n')[0]]).toEqual([0, `Joined the system at ${running().url}.`]);
    expect(summary).toMatchObject({ outcome: 'complete', read: 300, accepted: 0, duplicates: 300, rejected: 0 });
    expect(await totals(running())).toMatchObject({ log: { cases: 300, closed: 260, open: 40 }, views: { cases: 300, closed: 260, open: 40 } });
  }, 2 * minutes);

  it('stops on Ctrl-C with a summary and 130, and continues where it was', async () => {
    const file = await manyRows('interrupted', 6);
    const first = await runImporter(['boston311', file, '--wait'], async (child) => {
      await untilUnderWay(running());
      child.kill('SIGINT');
    });
    expect(first).toMatchObject({ code: 130, summary: { outcome: 'interrupted', duplicates: 0, rejected: 0 } });
    expect(first.errors).toMatch(/Interrupted\.\n$/);
    expect(first.output).toContain('The same command continues');
    const { accepted } = first.summary;
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(1_800);

    const second = await runImporter(['boston311', file, '--wait']);
    expect(second).toMatchObject({ code: 0, summary: { outcome: 'complete', read: 1_800, accepted: 1_800 - accepted, duplicates: accepted } });
    expect(await totals(running())).toMatchObject({ log: { cases: 2_100 }, views: { cases: 2_100, closed: 1_820, open: 280 } });
  }, 4 * minutes);

  it('goes on by itself when the services are killed in the middle', async () => {
    const file = await manyRows('killed', 6);
    const { code, errors, summary } = await runImporter(['boston311', file, '--wait'], async () => {
      await untilUnderWay(running());
      const { host } = JSON.parse(await readFile(path.join(dataFolder(), 'run.json'), 'utf8')) as { host: { pid: number } };
      process.kill(host.pid, 'SIGKILL');
    });
    expect(`${code} ${errors}`).toMatch(/^0 [^]*The system does not answer \(.+\); trying again for up to 120 s\./);
    expect(summary).toMatchObject({ outcome: 'complete', read: 1_800, rejected: 0 });
    expect(summary.accepted + summary.duplicates).toBe(1_800);
    expect(await totals(running())).toMatchObject({ log: { cases: 3_900 }, views: { cases: 3_900, closed: 3_380, open: 520 } });
  }, 4 * minutes);

  it('says in one line what is wrong with a file, and still writes the summary', async () => {
    await writeFile(path.join(folder, 'cut.zip'), Buffer.from('PK\u0003\u0004 and then nothing'));
    const { code, output, errors, summary } = await runImporter(['boston311', 'cut.zip']);
    expect([code, output, errors.trimEnd().split('\n')]).toEqual([1, '', [expect.stringMatching(/cut\.zip is not a readable zip; it may be truncated or damaged/) as string]]);
    expect(summary).toMatchObject({ outcome: 'failed', read: 0 });
  }, minutes);
});
