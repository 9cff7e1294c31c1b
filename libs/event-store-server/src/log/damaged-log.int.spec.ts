import { copyFile, cp, mkdtemp, open, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryEvent, EventStoreDBClient, START } from '@eventstore/db-client';
import { collect, freshStream, serveFolder } from '../client.fixture.js';
import { DamagedLog, startEventStoreServer, type EventStoreServer } from '../index.js';
import { bundleServer, removeBundle, startServerProcess, type Refused, type ServerProcess } from '../server-process.fixture.js';

const EVENTS = 60;

/** A generator of the same numbers every time: what is damaged must not depend on luck. */
const numbers = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

describe('a damaged log', () => {
  let original: string;
  let content: readonly string[];
  let folder: string;
  const log = (): string => join(folder, 'data.mdb');

  const contentOf = async (url: string): Promise<string[]> => {
    const client = EventStoreDBClient.connectionString(url);
    const read = await collect(client.readAll());
    return read.map((each) => `${each.event?.position?.commit} ${each.event?.streamId} ${each.event?.revision} ${Buffer.from(each.event?.data as Uint8Array).toString('latin1')}`);
  };

  beforeAll(async () => {
    await bundleServer();
    original = await mkdtemp(join(tmpdir(), 'atrium-event-store-server-'));
    const served = await serveFolder();
    for (let n = 0; n < EVENTS; n += 1) {
      await served.client.appendToStream(n % 2 === 0 ? 'even-1' : freshStream('odd'), [binaryEvent({ type: 'Marked', data: Buffer.from(`marker-${n}-`.padEnd(300 + n * 40, '.')) })]);
    }
    content = await contentOf(served.server.url);
    await served.server.stop();
    await cp(served.folder, original, { recursive: true });
    await served.close();
  });
  afterAll(async () => {
    await removeBundle();
    await rm(original, { recursive: true, force: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrium-event-store-server-'));
    await cp(original, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const asAfterAnUncleanStop = (): Promise<void> => unlink(join(folder, 'clean-stop.json'));

  const flip = async (...offsets: readonly number[]): Promise<void> => {
    const bytes = await readFile(log());
    for (const offset of offsets) bytes[offset] = (bytes[offset] as number) ^ 0xff;
    await writeFile(log(), bytes);
  };

  const offsetOf = async (text: string): Promise<number> => {
    const at = (await readFile(log())).lastIndexOf(text);
    expect(at).toBeGreaterThan(0);
    return at;
  };

  const refusedWith = (outcome: ServerProcess | Refused, damage: RegExp): void => {
    expect(outcome).toEqual({ exitCode: 1, signal: null, message: expect.stringMatching(new RegExp(`^DamagedLog: the event log in ${folder} is damaged: ${damage.source}\n$`)) });
  };

  it('is not seen in one that was stopped uncleanly and is whole', async () => {
    await asAfterAnUncleanStop();
    const server = await startEventStoreServer({ folder });
    expect(await contentOf(server.url)).toEqual(content);
    await server.stop();
  });

  it('is refused when its file was cut after a clean stop', async () => {
    const { size } = await stat(log());
    await truncate(log(), size - 1);
    refusedWith(await startServerProcess(folder), /its file has \d+ bytes instead of \d+/);
  });

  it('is refused when its file is missing', async () => {
    await unlink(log());
    await expect(startEventStoreServer({ folder })).rejects.toBeInstanceOf(DamagedLog);
  });

  it.each([0.05, 0.3, 0.6, 0.9])('is refused with one line when %d of its file is left after an unclean stop', async (part) => {
    await asAfterAnUncleanStop();
    await truncate(log(), Math.floor((await stat(log())).size * part));
    refusedWith(await startServerProcess(folder), /.+/);
  });

  it.each([
    ['either magic number', 24],
    ['either transaction id', 153],
    ['the page size', 49],
  ])('is refused when %s of its head was changed', async (_, offset) => {
    for (const page of offset === 49 ? [0] : [0, 4_096]) {
      await copyFile(join(original, 'data.mdb'), log());
      await rm(join(folder, 'clean-stop.json'), { force: true });
      await flip(page + offset);
      refusedWith(await startServerProcess(folder), /(its head cannot be read|the two halves of its head do not belong together)/);
    }
  });

  it('is refused, and the record named, when a record was changed and the log stopped uncleanly', async () => {
    await flip(await offsetOf('marker-20-'));
    await asAfterAnUncleanStop();
    refusedWith(await startServerProcess(folder), /the record at position 21 does not match its checksum/);
  });

  it.each([1, 2, 3])('never serves anything else than what was written, whichever bytes were changed (%d)', async (seed) => {
    const next = numbers(seed);
    const { size } = await stat(log());
    for (let round = 0; round < 4; round += 1) {
      await copyFile(join(original, 'data.mdb'), log());
      await rm(join(folder, 'clean-stop.json'), { force: true });
      // Half of the damage goes where the structure is: the meta pages and the heads of the pages.
      const page = Math.floor(next() * (size / 4_096)) * 4_096;
      await flip(round === 0 ? Math.floor(next() * 8_192) : page + Math.floor(next() * (round % 2 === 0 ? 4_096 : 64)));
      const outcome = await startServerProcess(folder);
      if ('message' in outcome) refusedWith(outcome, /.+/);
      else {
        expect(await contentOf(outcome.url)).toEqual(content);
        await outcome.kill();
      }
    }
  });

  describe('of which a record was changed after a clean stop', () => {
    let server: EventStoreServer;
    const failures: unknown[] = [];
    beforeEach(async () => {
      await flip(await offsetOf('marker-20-'));
      failures.length = 0;
      server = await startEventStoreServer({ folder, onFailure: (error) => failures.push(error) });
    });
    afterEach(() => server.stop());

    const damage = expect.objectContaining({ message: expect.stringContaining('the record at position 21 does not match its checksum') });

    it('serves what is before it, and refuses and names it', async () => {
      const client = EventStoreDBClient.connectionString(server.url);
      expect(await collect(client.readAll({ maxCount: 20 }))).toHaveLength(20);
      await expect(collect(client.readAll())).rejects.toEqual(damage);
      await expect(collect(client.readAll({ fromPosition: { commit: 21n, prepare: 21n } }))).rejects.toEqual(damage);
      await expect(collect(client.readStream('even-1'))).rejects.toEqual(damage);
      expect(await collect(client.readAll({ fromPosition: { commit: 22n, prepare: 22n } }))).toHaveLength(EVENTS - 21);
      expect(failures).toEqual([expect.any(DamagedLog), expect.any(DamagedLog), expect.any(DamagedLog)]);
    });

    it('ends a subscription instead of passing over it', async () => {
      const client = EventStoreDBClient.connectionString(server.url);
      const seen: unknown[] = [];
      const ended = new Promise((resolve) => client.subscribeToAll({ fromPosition: START }).on('error', resolve).on('data', (each) => seen.push(each)));
      expect(await ended).toEqual(damage);
      expect(seen.length).toBeLessThanOrEqual(20);
    });

    it('is read from end to end at the next start', async () => {
      const client = EventStoreDBClient.connectionString(server.url);
      await expect(collect(client.readAll())).rejects.toEqual(damage);
      await server.stop();
      refusedWith(await startServerProcess(folder), /the record at position 21 does not match its checksum/);
    });
  });

  it('is refused when a record is gone from the middle', async () => {
    const { open: openLmdb } = await import('lmdb');
    const root = openLmdb({ path: folder, noSubdir: false, maxDbs: 4 });
    const store = root.openDB<Buffer, Buffer>({ name: 'events', keyEncoding: 'binary', encoding: 'binary' });
    await store.remove(Buffer.from([0, 0, 0, 0, 0, 0, 0, 30]));
    await root.close();
    await asAfterAnUncleanStop();
    refusedWith(await startServerProcess(folder), /position 30 is missing/);
  });

  it('is refused when its end is gone', async () => {
    const handle = await open(join(folder, 'clean-stop.json'), 'r+');
    const marker = JSON.parse(await handle.readFile('utf8')) as Record<string, unknown>;
    await handle.close();
    await writeFile(join(folder, 'clean-stop.json'), JSON.stringify({ ...marker, lastPosition: EVENTS + 1 }));
    await expect(startEventStoreServer({ folder })).rejects.toMatchObject({ damage: `it ends at position ${EVENTS} instead of ${EVENTS + 1}` });
  });
});
