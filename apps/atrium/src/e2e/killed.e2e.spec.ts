import path from 'node:path';
import { identify } from '@atrium/embedded-postgres';
import { Atrium, eventually, removeTemporaryFolders, temporaryFolder } from './atrium.fixture.js';

const LIMIT_MS = 180_000;
const folder = path.join(temporaryFolder(), 'data');
const subjects = new Map<string, string>();

afterAll(removeTemporaryFolders);

async function write(system: Atrium, subject: string): Promise<void> {
  subjects.set(await system.register(subject), subject);
}

async function expectNothingLost(system: Atrium): Promise<void> {
  await system.becomesReady();
  const shown = new Map<string, string>();
  for (const id of subjects.keys()) shown.set(id, await system.subject(id));
  expect(shown).toEqual(subjects);
}

const allGone = (pids: readonly number[]) => eventually(() => expect(pids.map(identify)).toEqual(pids.map(() => undefined)));

describe('kill -9 of a part while the system runs', () => {
  let system: Atrium;
  beforeAll(async () => { system = await Atrium.start(folder); }, LIMIT_MS);
  afterAll(() => system.stop());

  it.each(['event-store', 'postmaster', 'wrapper', 'host'])('%s is started again, and nothing is lost', async (part) => {
    await write(system, `before the end of ${part}`);
    const before = system.processes()[part] as number;
    process.kill(before, 'SIGKILL');
    await eventually(() => expect(system.processes()[part]).not.toBe(before));
    await write(system, `after the end of ${part}`);
    await expectNothingLost(system);
    expect(identify(before)).toBeUndefined();
  }, LIMIT_MS);
});

describe('kill -9 and the next start', () => {
  it('of the supervisor: all others end by themselves', async () => {
    const system = await Atrium.start(folder);
    const others = Object.values(system.processes());
    await write(system, 'before the end of the supervisor');
    await system.stop('SIGKILL');
    await allGone(others);
    const next = await Atrium.start(folder);
    await expectNothingLost(next);
    await next.stop();
  }, LIMIT_MS);

  it('of the supervisor, followed by a start at once', async () => {
    const system = await Atrium.start(folder, { env: { ATRIUM_PORT: '0' } });
    await write(system, 'before a hasty start');
    const port = new URL(system.url).port;
    await system.stop('SIGKILL');
    const next = await Atrium.start(folder, { env: { ATRIUM_PORT: port } });
    expect(next.url).toBe(system.url);
    await expectNothingLost(next);
    await next.stop();
  }, LIMIT_MS);

  it('of the supervisor and the wrapper: the start ends the PostgreSQL that is left', async () => {
    const system = await Atrium.start(folder);
    const { wrapper, postmaster } = system.processes();
    await write(system, 'before PostgreSQL is left alone');
    process.kill(wrapper as number, 'SIGKILL');
    await system.stop('SIGKILL');
    expect(identify(postmaster as number)).toBeDefined();
    const next = await Atrium.start(folder);
    expect(identify(postmaster as number)).toBeUndefined();
    await expectNothingLost(next);
    await next.stop();
  }, LIMIT_MS);

  it('of everything at once', async () => {
    const system = await Atrium.start(folder);
    await write(system, 'before the end of everything');
    const all = [system.pid, ...Object.values(system.processes())];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await allGone(all);
    const next = await Atrium.start(folder);
    await expectNothingLost(next);
    await next.stop();
  }, LIMIT_MS);
});
