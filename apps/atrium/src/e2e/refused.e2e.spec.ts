import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Atrium, isRoot, ORDINARY, program, removeTemporaryFolders, runToEnd, temporaryFolder } from './atrium.fixture.js';

const LIMIT_MS = 120_000;
const home = temporaryFolder();
const absent = path.join(home, 'absent');

afterAll(removeTemporaryFolders);

/** One line on the error output, nothing else, and a failure. */
const refusal = (line: string | RegExp, code = 1) =>
  ({ code, stdout: '', stderr: expect.stringMatching(new RegExp(`^[^\\n]*${typeof line === 'string' ? line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : line.source}[^\\n]*\\n$`)) as string });

describe('a second start on a folder', () => {
  const folder = path.join(home, 'shared');

  it('says who runs there, and does not disturb it', async () => {
    const first = await Atrium.start(folder);
    expect(await runToEnd('main', [], folder)).toEqual(refusal(`Atrium already runs on ${folder} (pid ${first.pid}, ${first.url})`));
    expect(await runToEnd('main', [], `${folder}/../shared`)).toEqual(refusal(`(pid ${first.pid}, ${first.url})`));
    await first.becomesReady();
    expect(await first.stop()).toMatchObject({ code: 0, stderr: '' });
  }, LIMIT_MS);

  it('of two at the same moment exactly one goes on', async () => {
    const starts = await Promise.allSettled([1, 2, 3].map(() => Atrium.start(folder)));
    const running = starts.filter((start) => start.status === 'fulfilled').map(({ value }) => value);
    const reasons = starts.filter((start) => start.status === 'rejected').map(({ reason }) => String(reason));
    expect(running).toHaveLength(1);
    expect(reasons).toEqual([1, 2].map(() => expect.stringContaining(`Atrium already runs on ${folder}`) as string));
    await running[0]?.becomesReady();
    await running[0]?.stop();
  }, LIMIT_MS);

  it('takes a run file of a system that is no more for what it is', async () => {
    fs.writeFileSync(path.join(folder, 'processes.json'), JSON.stringify({ supervisor: { pid: process.pid, birth: 'another' }, children: { host: { pid: process.pid, birth: 'another' } } }));
    fs.writeFileSync(path.join(folder, 'run.json'), '{"version":1,"pid":');
    const system = await Atrium.start(folder);
    expect(system.runFile()?.pid).toBe(system.pid);
    await system.stop();
  }, LIMIT_MS);
});

describe('an address that is not free', () => {
  it('a taken port', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    expect(await runToEnd('main', [], absent, { env: { ATRIUM_PORT: String(port) } })).toEqual(refusal(`Port ${port} is taken by another program`));
    await new Promise((resolve) => other.close(resolve));
    expect(fs.readdirSync(absent)).not.toContain('processes.json');
  });

  it.each(['http', '-1', '65536', '3e3', '80.5'])('the port %s', async (port) => {
    expect(await runToEnd('main', [], absent, { env: { ATRIUM_PORT: port } })).toEqual(refusal('ATRIUM_PORT must be a whole number', 2));
  });
});

describe('a folder that does not serve', () => {
  it('a file in its place', async () => {
    const file = path.join(home, 'file');
    fs.writeFileSync(file, '');
    expect(await runToEnd('main', [], file)).toEqual(refusal(`Atrium cannot write its data folder ${file}: it is not a folder`));
    expect(await runToEnd('main', [], path.join(file, 'below'))).toEqual(refusal('a part of the path is not a folder'));
  });

  (isRoot ? it : it.skip)('one of another account (as root only)', async () => {
    const folder = path.join(home, 'of-root');
    fs.mkdirSync(folder, { mode: 0o755 });
    expect(await runToEnd('main', [], folder, { uid: ORDINARY })).toEqual(refusal(`Atrium cannot write its data folder ${folder}: permission denied`));
  });

  (isRoot ? it : it.skip)('one on a full disk (as root only)', async () => {
    const folder = path.join(home, 'small');
    const small = `mkdir -p "$0" && mount -t tmpfs -o size=5m small "$0" && exec "$@"`;
    expect(await runToEnd('main', [], folder, { through: ['unshare', '--mount', 'sh', '-c', small, folder] })).toEqual(refusal(`The disk of ${folder} is full: 5 MB are free`));
  });

  it('one whose database is damaged: in the words of PostgreSQL', async () => {
    const folder = path.join(home, 'damaged-database');
    await (await Atrium.start(folder)).stop();
    fs.truncateSync(path.join(folder, 'postgres/data/global/pg_control'), 100);
    expect(await runToEnd('main', [], folder)).toEqual(refusal(/PostgreSQL cannot start: .*global\/pg_control/));
  }, LIMIT_MS);

  it.each([
    ['cut off', (file: string) => fs.truncateSync(file, fs.statSync(file).size - 4096)],
    ['overwritten', overwriteEvents],
  ])('one whose log was %s', async (how, damage) => {
    const folder = path.join(home, `log-${how}`);
    const system = await Atrium.start(folder);
    for (const subject of ['one', 'two', 'three']) await system.register(subject);
    await system.stop();
    const [file] = fs.readdirSync(path.join(folder, 'event-store'), { recursive: true, withFileTypes: true }).filter(({ name }) => /\.mdb$/.test(name) && !name.startsWith('lock'));
    damage(path.join(file?.parentPath ?? '', file?.name ?? ''));
    expect(await runToEnd('main', [], folder)).toEqual(refusal(/Atrium cannot start: .*damaged/));
  }, LIMIT_MS);
});

/** Zeroes every page of a file in which the word `ClockStarted` stands. */
function overwriteEvents(file: string): void {
  const content = fs.readFileSync(file);
  const pageBytes = 4096;
  for (let at = content.indexOf('ClockStarted'); at >= 0; at = content.indexOf('ClockStarted', at + 1)) {
    content.fill(0, at - at % pageBytes, at - at % pageBytes + pageBytes);
  }
  fs.writeFileSync(file, content);
}

describe('what is not there', () => {
  it('a console that was not built', async () => {
    expect(await runToEnd('main', [], absent, { env: { ATRIUM_CONSOLE: home } })).toEqual(refusal('The console is not built'));
  });

  it.each([['no role', []], ['an unknown role', ['king']], ['the role of the system itself', ['system']], ['too much', ['agent', 'ann', 'auditor']]])('a token for %s', async (_what, args) => {
    expect(await runToEnd('token', args, absent)).toEqual(refusal(/Usage: .*agent, shift-lead, supervisor/, 2));
  });

  it('a token for a name that is none', async () => {
    expect(await runToEnd('token', ['agent', 'a\nb'], absent)).toEqual(refusal(/A name is 1 to 60/, 2));
  });

  it('a token of a folder where nothing ever ran', async () => {
    expect(await runToEnd('token', ['agent'], path.join(home, 'nothing'))).toEqual(refusal('start Atrium there first'));
    expect(fs.existsSync(path.join(home, 'nothing'))).toBe(false);
  });

  it.each([['reconcile', []], ['projections', ['status']], ['projections', ['rebuild', 'complaints']]])('a running system, for %s %s', async (name, args) => {
    expect(await runToEnd(name, args, path.join(home, 'nothing'))).toEqual(refusal('Atrium does not run on', 2));
  });

  it('a supervisor, for its parts', () => {
    for (const part of ['host', 'event-store', 'postgres']) {
      expect(() => execFileSync(process.execPath, [program(part)], { stdio: 'pipe', env: {} })).toThrow(expect.objectContaining({ status: 2 }) as Error);
    }
  });
});
