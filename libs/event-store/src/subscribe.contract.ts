import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Recorded } from '@atrium/kernel';
import { count, counted, freshStream, identity } from './counter.fixture.js';
import { EventStore, type LogBatch } from './event-store.js';
import { execute } from './execute.js';
import { loadStream } from './load.js';

export const describeSubscriptions = (server: string, url: () => string) => describe(`subscribe and readAll on ${server}`, () => {
  let store: EventStore;
  beforeAll(() => { store = EventStore.connect({ url: url() }); });
  afterAll(() => store.dispose());

  const append = async (stream: string, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) await execute(store, count(stream, 1, { identity: identity() }));
  };

  /** Takes batches until `count` events have come. */
  const take = async (batches: AsyncIterable<LogBatch>, wanted: number): Promise<{ events: Recorded[]; positions: bigint[] }> => {
    const events: Recorded[] = [];
    const positions: bigint[] = [];
    for await (const batch of batches) {
      events.push(...batch.events);
      positions.push(batch.position);
      if (events.length >= wanted) break;
    }
    return { events, positions };
  };

  it('delivers what was there and what comes, in order, once, of its prefixes only', async () => {
    const mine = freshStream('subscribed');
    await append(mine, 5);
    const taking = take(store.subscribe({ prefixes: [mine], batchSize: 2 }), 9);
    await append(freshStream('foreign'), 3);
    await append(mine, 4);
    const { events, positions } = await taking;
    expect(events.map(({ stream, revision }) => [stream, revision])).toEqual(Array.from({ length: 9 }, (_, n) => [mine, BigInt(n)]));
    expect(positions).toEqual(positions.toSorted((a, b) => Number(a - b)));
  });

  it('goes on after a position without losing or repeating', async () => {
    const stream = freshStream('resumed');
    await append(stream, 4);
    const first = await take(store.subscribe({ prefixes: [stream], batchSize: 1 }), 2);
    const rest = await take(store.subscribe({ prefixes: [stream], after: first.positions.at(-1) as bigint }), 2);
    expect(rest.events.map(({ revision }) => revision)).toEqual([2n, 3n]);
  });

  it('moves its position over a log in which nothing matches, by the checkpoints of the server', async () => {
    const foreign = freshStream('foreign');
    await execute(store, count(foreign, 1, { creates: true, decide: () => Array.from({ length: 600 }, () => counted(0)) }));
    const before = (await loadStream(store, foreign))[0]?.position as bigint;
    for await (const { events, position } of store.subscribe({ prefixes: ['nothing-of-this-name-'], after: before })) {
      expect(events).toEqual([]);
      if (position > before) break;
    }
  });

  it('reads to a given position and no further', async () => {
    const stream = freshStream('bounded');
    await append(stream, 3);
    const until = (await take(store.subscribe({ prefixes: [stream], batchSize: 1 }), 2)).events[1]?.position as bigint;
    const revisions: bigint[] = [];
    for await (const { events } of store.readAll({ prefixes: [stream], until })) revisions.push(...events.map(({ revision }) => revision));
    expect(revisions).toEqual([0n, 1n]);
  });

  it('ends when its signal says so', async () => {
    const stop = new AbortController();
    const ended = (async () => {
      for await (const { caughtUp } of store.subscribe({ prefixes: ['nothing-of-this-name-'], signal: stop.signal })) if (caughtUp) stop.abort();
      return 'ended';
    })();
    await expect(ended).resolves.toBe('ended');
  });
});
