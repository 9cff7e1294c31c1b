import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { zipOf } from '../files/zip.fixture.js';
import { Interrupted } from '../operator-error.js';
import { inRepository } from '../repository.js';
import { refuse, ScriptedPeer, takeAll } from '../sending/scripted-peer.fixture.js';
import { boston311 } from '../sources/boston311/boston311.js';
import { runImport, type Ending, type Run } from './run-import.js';

const sample = inRepository('apps', 'importer', 'samples', boston311.sample);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Shown extends Ending {
  readonly output: string;
  /** How often a system was joined, and left. */
  readonly joined: number;
  readonly left: number;
}

async function run(peer: ScriptedPeer, file: string, changes: Partial<Run['order']> = {}, stop = new AbortController().signal, isTTY = false): Promise<Shown> {
  const output = Object.assign(new PassThrough(), { isTTY });
  const times = { joined: 0, left: 0 };
  const ending = await runImport({
    order: { source: boston311, file, limit: Infinity, wait: false, summary: undefined, rejects: undefined, ...changes },
    file,
    rejectsFile: path.join(folder, 'rejects.csv'),
    join: () => {
      times.joined += 1;
      return Promise.resolve({ ...peer.endpoint, description: 'Joined the peer.', stop: () => Promise.resolve(void (times.left += 1)) });
    },
    output,
    stop,
    cut: new AbortController().signal,
  });
  return { ...ending, ...times, output: String(output.read()) };
}

const rejects = async (): Promise<readonly Record<string, string>[]> => parse(await readFile(path.join(folder, 'rejects.csv')), { columns: true });

const written = async (name: string, content: Buffer | string): Promise<string> => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};

describe('an import', () => {
  it('sends every row once, and the whole again as duplicates', async () => {
    await using peer = await ScriptedPeer.start();
    const first = await run(peer, sample);
    expect(first.summary).toMatchObject({ source: 'boston311', file: sample, outcome: 'complete', read: 300, accepted: 300, duplicates: 0, rejected: 0 });
    expect(first.summary.position).toEqual(expect.any(String));
    expect([first.joined, first.left, existsSync(path.join(folder, 'rejects.csv'))]).toEqual([1, 1, false]);
    expect(first.output).toContain('Joined the peer.');
    expect((await run(peer, sample)).summary).toMatchObject({ read: 300, accepted: 0, duplicates: 300 });
    expect(peer.stored.size).toBe(300);
  });

  it('reads no further than the limit', async () => {
    await using peer = await ScriptedPeer.start();
    expect((await run(peer, sample, { limit: 7 })).summary).toMatchObject({ read: 7, accepted: 7 });
  });

  it('puts rows that cannot be taken aside with their line, and takes the rest', async () => {
    const lines = (await readFile(sample, 'utf8')).trimEnd().split('\n');
    lines[2] = 'too,few,columns';
    lines[4] = (lines[4] as string).replace(/^(\d+),[^,]+/, '$1,2011-02-30 10:00:00');
    lines[6] = (lines[6] as string).replace(/,/, ',"');
    lines[8] = (lines[8] as string).replace(/^(\d+),([^ ]+) ([^,]+)/, '$1,$2T$3Z');
    await using peer = await ScriptedPeer.start();
    const { summary } = await run(peer, await written('broken.csv', lines.join('\n')));
    expect(summary).toMatchObject({ outcome: 'complete', read: 300, accepted: 296, rejected: 4, rejects: path.join(folder, 'rejects.csv') });
    expect((await rejects()).map(({ line, code }) => [line, code])).toEqual([
      ['3', 'broken-row'], ['5', 'time-impossible'], ['7', 'broken-row'], ['9', 'time-zoned'],
    ]);
  });

  it('without a column it needs joins no system and sends nothing', async () => {
    const content = (await readFile(sample, 'utf8')).replace('closed_dt', 'closed').replace('department', 'dept');
    await using peer = await ScriptedPeer.start();
    const { summary, joined } = await run(peer, await written('columns.csv', content));
    expect(summary).toMatchObject({ outcome: 'failed', read: 0, error: 'columns.csv lacks 2 of the columns it must have: closed_dt, department.' });
    expect([joined, peer.asked.length]).toEqual([0, 0]);
  });

  it('from a damaged zip keeps what came before the damage', async () => {
    const [header, ...rows] = (await readFile(sample, 'utf8')).trimEnd().split('\n');
    const many = Array.from({ length: 20 }, (_, copy) => rows.map((row) => `${copy}${row}`)).flat();
    const zip = zipOf({ name: 'requests.csv', content: Buffer.from([header, ...many].join('\n')) });
    const middle = Math.floor(zip.length * 0.8);
    zip.fill(0xff, middle, middle + 64);
    await using peer = await ScriptedPeer.start();
    const { summary, left } = await run(peer, await written('damaged.zip', zip));
    expect(summary).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/damaged\.zip is not a readable zip; it may be truncated or damaged/) as string });
    expect(summary.accepted).toBeGreaterThan(0);
    expect(summary.accepted).toBeLessThan(many.length);
    expect(summary.accepted).toBe(peer.stored.size);
    expect(summary.read).toBe(summary.accepted + summary.rejected);
    expect(left).toBe(1);
  });

  it('ends with the counts so far when the token is refused in the middle', async () => {
    await using peer = await ScriptedPeer.start([takeAll], refuse(401));
    const { summary, left } = await run(peer, sample);
    expect(summary).toMatchObject({ outcome: 'failed', read: 300, error: 'The system does not accept the token (401).' });
    expect([200, 100]).toContain(summary.accepted);
    expect(left).toBe(1);
  });

  it('that is interrupted says so and leaves the system', async () => {
    const stop = new AbortController();
    await using peer = await ScriptedPeer.start([], (asked, response, self) => {
      stop.abort(new Interrupted(130));
      return takeAll(asked, response, self);
    });
    const { summary, failure, left } = await run(peer, sample, { wait: true }, stop.signal);
    expect(failure).toBeInstanceOf(Interrupted);
    expect(summary).toMatchObject({ outcome: 'interrupted', error: 'interrupted' });
    expect(summary.accepted).toBe(peer.stored.size);
    expect(summary.accepted).toBeGreaterThan(0);
    expect(left).toBe(1);
  });

  it('waits for the views when asked to', async () => {
    const views = [{ name: 'complaints', kind: 'projection', state: 'running', position: '100000', logEnd: '100000', lag: 0 }];
    await using peer = await ScriptedPeer.start([], (asked, response, self) => {
      if (asked.method === 'POST') return takeAll(asked, response, self);
      return void response.end(JSON.stringify(asked.path === '/api/tickets/runners' ? views : { items: [] }));
    });
    const { summary } = await run(peer, sample, { wait: true });
    expect(summary.waitedSeconds).toEqual(expect.any(Number));
    expect(peer.asked.map(({ path: asked }) => asked)).toContain(`/api/tickets/complaints?limit=1&after=${summary.position}`);
  });

  it('shows a bar with rate and remaining time on a terminal', async () => {
    await using peer = await ScriptedPeer.start();
    const { output } = await run(peer, sample, {}, undefined, true);
    expect(output).toMatch(/█+ 100 % · 300 of about 300 rows · [\d,]+ rows\/s · 0:00 left · 0 rejected/);
  });
});
