import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANY, EventStoreDBClient, NO_STREAM, type EventData } from '@eventstore/db-client';
import { collect, event, events, freshStream, serveFolder, until } from '../client.fixture.js';
import { FolderInUse, startEventStoreServer } from '../index.js';
import { bundleServer, removeBundle, startServerProcess, started } from '../server-process.fixture.js';

interface Write {
  readonly stream: string;
  readonly events: readonly EventData[];
  position?: bigint;
}

describe('durability', () => {
  let folder: string;
  beforeAll(bundleServer);
  afterAll(removeBundle);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrium-event-store-server-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('of every acknowledged append over SIGKILL; the others are there whole or not at all', async () => {
    const writes: Write[] = [];
    for (let round = 0; round < 3; round += 1) {
      const server = started(await startServerProcess(folder));
      const client = EventStoreDBClient.connectionString(server.url);
      const before = writes.length;
      const write = async (n: number): Promise<void> => {
        const each: Write = { stream: freshStream(), events: events(1 + (n % 7)) };
        writes.push(each);
        const { position } = await client.appendToStream(each.stream, [...each.events], { expectedRevision: NO_STREAM });
        each.position = position?.commit as bigint;
      };
      const writers = Array.from({ length: 24 }, async (_, writer) => {
        for (let n = writer; ; n += 1) await write(n);
      });
      const ended = Promise.allSettled(writers);
      await until(() => writes.slice(before).filter(({ position }) => position !== undefined).length >= 80);
      await server.kill();
      await ended;
    }

    const server = started(await startServerProcess(folder));
    const client = EventStoreDBClient.connectionString(server.url);
    const all = await collect(client.readAll());
    const positions = all.map((each) => each.event?.position?.commit as bigint);
    expect(positions).toEqual(positions.map((_, index) => BigInt(index + 1)));
    const stored = new Map<string, { ids: string[]; last: bigint }>();
    for (const each of all) {
      const { streamId, id, position } = each.event as { streamId: string; id: string; position: { commit: bigint } };
      const known = stored.get(streamId) ?? { ids: [], last: 0n };
      stored.set(streamId, { ids: [...known.ids, id], last: position.commit });
    }
    let acknowledged = 0;
    for (const { stream, events: written, position } of writes) {
      const found = stored.get(stream);
      const ids = written.map(({ id }) => id);
      if (position !== undefined) {
        acknowledged += 1;
        expect(found).toEqual({ ids, last: position });
      } else if (found) expect(found.ids).toEqual(ids);
    }
    expect(acknowledged).toBeGreaterThanOrEqual(240);
    const next = await client.appendToStream(freshStream(), [event(0)]);
    expect(next.position?.commit).toBe(BigInt(all.length + 1));
    await server.stop();
  });

  it('with a flush for every acknowledgement of one writer, and fewer for many', async () => {
    const server = started(await startServerProcess(folder));
    const client = EventStoreDBClient.connectionString(server.url);
    for (let n = 1; n <= 20; n += 1) {
      await client.appendToStream(freshStream(), [event(n)]);
      expect(await server.statistics()).toMatchObject({ flushes: n, acknowledged: n });
    }
    await Promise.all(Array.from({ length: 200 }, (_, n) => client.appendToStream(freshStream(), [event(n)])));
    const { flushes, acknowledged } = await server.statistics();
    expect(acknowledged).toBe(220);
    expect(flushes).toBeLessThan(100);
    await server.stop();
  });

  const tracer = spawnSync('strace', ['-V']).status === 0;
  (tracer ? it : it.skip)('with flushes that the operating system sees, before the answer (needs strace)', async () => {
    const trace = join(folder, 'trace');
    const server = started(await startServerProcess(join(folder, 'log'), ['strace', '-f', '-qq', '-e', 'trace=fdatasync', '-e', 'signal=none', '-o', trace]));
    const client = EventStoreDBClient.connectionString(server.url);
    const flushes = (): number => readFileSync(trace, 'utf8').split('\n').filter((line) => /fdatasync.*= 0$/.test(line)).length;
    await client.appendToStream(freshStream(), [event(0)]);
    for (let n = 0; n < 5; n += 1) {
      const before = flushes();
      await client.appendToStream(freshStream(), [event(n)]);
      expect(flushes()).toBeGreaterThan(before);
    }
    await server.stop();
  });

  it('knows a write again after a restart, with an exact revision and with any', async () => {
    const served = await serveFolder();
    const [exact, any] = [freshStream(), freshStream()];
    const [first, second] = [events(3), events(3)];
    const originals = [
      await served.client.appendToStream(exact, first, { expectedRevision: NO_STREAM }),
      await served.client.appendToStream(any, second, { expectedRevision: ANY }),
    ];
    await served.restart();
    const client = EventStoreDBClient.connectionString(served.server.url);
    expect(await client.appendToStream(exact, first, { expectedRevision: NO_STREAM })).toEqual(originals[0]);
    expect(await client.appendToStream(any, second, { expectedRevision: ANY })).toEqual(originals[1]);
    expect(await collect(client.readAll())).toHaveLength(6);
    await served.close();
  });

  it('refuses a second server on the folder, in this process and in another, until the first has gone', async () => {
    const first = started(await startServerProcess(folder));
    expect(await startServerProcess(folder)).toEqual({ exitCode: 1, signal: null, message: `FolderInUse: the event store folder ${folder} is in use by another process\n` });
    await expect(startEventStoreServer({ folder })).rejects.toBeInstanceOf(FolderInUse);
    await first.kill();
    const second = await startEventStoreServer({ folder });
    await expect(startEventStoreServer({ folder })).rejects.toMatchObject({ folder });
    await second.stop();
  });
});
