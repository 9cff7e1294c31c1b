import fs from 'node:fs';
import path from 'node:path';
import { processFacts } from '@atrium/embedded-postgres';
import { Atrium, isRoot, ORDINARY, removeTemporaryFolders, temporaryFolder } from './atrium.fixture.js';

const LIMIT_MS = 120_000;

afterAll(removeTemporaryFolders);

const accountOf = (pid: number): number => fs.statSync(`/proc/${pid}`).uid;

async function worksTwice(folder: string, uid?: number): Promise<void> {
  const options = uid === undefined ? {} : { uid };
  const first = await Atrium.start(folder, options);
  const id = await first.register('Written by one account');
  expect(accountOf(first.processes()['postmaster'] as number)).not.toBe(0);
  expect(await first.stop()).toMatchObject({ code: 0, stderr: '' });
  const second = await Atrium.start(folder, options);
  expect(await second.subject(id)).toBe('Written by one account');
  await second.stop();
}

(isRoot && process.platform === 'linux' ? describe : describe.skip)('started by root (as root on Linux only)', () => {
  it('runs as root, on a folder that others may pass', () => worksTwice(path.join(temporaryFolder(), 'data')), LIMIT_MS);

  it('runs as root, below a folder that others cannot enter', () => worksTwice(path.join(temporaryFolder(0o700), 'it\'s "中文" $HOME')), LIMIT_MS);

  it('runs as an ordinary user', async () => {
    const home = temporaryFolder(0o700);
    fs.chownSync(home, ORDINARY, ORDINARY);
    await worksTwice(path.join(home, 'data'), ORDINARY);
  }, LIMIT_MS);

  it('runs as root on the folder of an ordinary user, who can go on afterwards', async () => {
    const home = temporaryFolder(0o700);
    fs.chownSync(home, ORDINARY, ORDINARY);
    const folder = path.join(home, 'data');
    const theirs = await Atrium.start(folder, { uid: ORDINARY });
    const id = await theirs.register('Written by its owner');
    await theirs.stop();
    const ofRoot = await Atrium.start(folder);
    expect(await ofRoot.subject(id)).toBe('Written by its owner');
    await ofRoot.stop();
    const again = await Atrium.start(folder, { uid: ORDINARY });
    expect(await again.subject(id)).toBe('Written by its owner');
    await again.stop();
  }, LIMIT_MS);

  it('runs in a sandbox that knows one account only', async () => {
    const system = await Atrium.start(path.join(temporaryFolder(0o700), 'data'), { through: ['unshare', '--user', '--map-root-user'] });
    const id = await system.register('Written in a sandbox');
    expect(await system.subject(id)).toBe('Written in a sandbox');
    expect(processFacts(system.processes()['postmaster'] as number)?.name).toBe('postgres');
    await system.stop();
  }, LIMIT_MS);
});
