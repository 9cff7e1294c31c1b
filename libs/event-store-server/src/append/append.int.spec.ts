import { randomUUID } from 'node:crypto';
import { ANY, jsonEvent, NO_STREAM, STREAM_EXISTS, WrongExpectedVersionError, type AppendExpectedRevision } from '@eventstore/db-client';
import { collect, event, events, freshStream, revisionsOf, serveFolder, type ServedFolder } from '../client.fixture.js';

describe.each(['disk', 'memory'] as const)('appends to a log on %s', (storage) => {
  let served: ServedFolder;
  beforeAll(async () => {
    served = await serveFolder({ storage });
  });
  afterAll(() => served.close());

  const append = (stream: string, proposed: Parameters<ServedFolder['client']['appendToStream']>[1], expectedRevision: AppendExpectedRevision) =>
    served.client.appendToStream(stream, proposed, { expectedRevision });

  it('gives contiguous revisions from 0 and the position of the last event', async () => {
    const stream = freshStream();
    const first = await append(stream, events(2), NO_STREAM);
    const second = await append(stream, events(3), 1n);
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 4n]);
    const read = await collect(served.client.readStream(stream));
    expect(revisionsOf(read)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(read[1]?.event?.position).toEqual(first.position);
    expect(read[4]?.event?.position).toEqual(second.position);
  });

  it('keeps the events of a write together in $all while others write', async () => {
    const streams = Array.from({ length: 20 }, () => freshStream());
    const written = await Promise.all(streams.map((stream) => append(stream, events(5), NO_STREAM)));
    const first = written.map(({ position }) => position?.commit as bigint).reduce((a, b) => (a < b ? a : b)) - 4n;
    const read = await collect(served.client.readAll({ fromPosition: { commit: first, prepare: first }, maxCount: 100 }));
    for (let at = 0; at < 100; at += 5) {
      const write = read.slice(at, at + 5);
      expect(new Set(write.map((each) => each.event?.streamId)).size).toBe(1);
      expect(revisionsOf(write)).toEqual([0n, 1n, 2n, 3n, 4n]);
    }
  });

  describe('expected revision', () => {
    it.each<[AppendExpectedRevision, number]>([[ANY, 0], [ANY, 2], [NO_STREAM, 0], [STREAM_EXISTS, 2], [1n, 2]])('%s is met by a stream of %d events', async (expected, length) => {
      const stream = freshStream();
      if (length > 0) await append(stream, events(length), NO_STREAM);
      const { nextExpectedRevision } = await append(stream, [event(9)], expected);
      expect(nextExpectedRevision).toBe(BigInt(length));
    });

    it.each<[AppendExpectedRevision, number, unknown]>([
      [NO_STREAM, 2, 1n],
      [STREAM_EXISTS, 0, 'no_stream'],
      [0n, 0, 'no_stream'],
      [0n, 2, 1n],
      [2n, 2, 1n],
      [2n ** 63n, 2, 1n],
    ])('%s is not met by a stream of %d events', async (expected, length, actual) => {
      const stream = freshStream('投诉');
      if (length > 0) await append(stream, events(length), NO_STREAM);
      const refused = await append(stream, [event(9)], expected).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(WrongExpectedVersionError);
      expect(refused).toMatchObject({ streamName: stream, expectedVersion: expected, actualVersion: actual });
      if (length > 0) expect(await collect(served.client.readStream(stream))).toHaveLength(length);
    });

    it('lets exactly one of many win', async () => {
      const stream = freshStream();
      await append(stream, [event(0)], NO_STREAM);
      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => append(stream, [event(n)], 0n)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await collect(served.client.readStream(stream))).toHaveLength(2);
    });
  });

  describe('the same append again', () => {
    it.each<[string, AppendExpectedRevision, AppendExpectedRevision]>([['no_stream', NO_STREAM, NO_STREAM], ['any', ANY, ANY], ['any after no_stream', NO_STREAM, ANY]])('with %s is answered like the first time', async (_, first, again) => {
      const stream = freshStream();
      const write = events(3);
      const original = await append(stream, write, first);
      await append(stream, events(2), 2n);
      expect(await append(stream, write, again)).toEqual(original);
      expect(await collect(served.client.readStream(stream))).toHaveLength(5);
    });

    it('at an exact revision is answered like the first time, and so is the beginning of it', async () => {
      const stream = freshStream();
      await append(stream, events(2), NO_STREAM);
      const write = events(3);
      const original = await append(stream, write, 1n);
      expect(await append(stream, write, 1n)).toEqual(original);
      expect((await append(stream, write.slice(0, 2), 1n)).nextExpectedRevision).toBe(3n);
      expect(await collect(served.client.readStream(stream))).toHaveLength(5);
    });

    it('is known while the first one is still being written', async () => {
      const stream = freshStream();
      const write = events(2);
      const [first, second] = await Promise.all([append(stream, write, NO_STREAM), append(stream, write, NO_STREAM)]);
      expect(second).toEqual(first);
      expect(await collect(served.client.readStream(stream))).toHaveLength(2);
    });

    it.each<[string, AppendExpectedRevision]>([['no_stream', NO_STREAM], ['any', ANY]])('but longer, with %s, is refused', async (_, expected) => {
      const stream = freshStream();
      const write = events(2);
      await append(stream, write, NO_STREAM);
      await expect(append(stream, [...write, event(2)], expected)).rejects.toBeInstanceOf(WrongExpectedVersionError);
      expect(await collect(served.client.readStream(stream))).toHaveLength(2);
    });

    it('but with another id in it is refused', async () => {
      const stream = freshStream();
      const [first, second] = events(2);
      await append(stream, [first, second] as never, NO_STREAM);
      await expect(append(stream, [first, event(1)] as never, NO_STREAM)).rejects.toBeInstanceOf(WrongExpectedVersionError);
    });

    it('is found with any among the newest ids after hundreds of others', async () => {
      const stream = freshStream();
      for (let batch = 0; batch < 5; batch += 1) await append(stream, events(100), ANY);
      const write = events(2);
      const original = await append(stream, write, ANY);
      await append(stream, events(20), ANY);
      expect(await append(stream, write, ANY)).toEqual(original);
    });
  });

  it('writes the same id twice when one write carries it twice, and once in each of two streams', async () => {
    const [a, b] = [freshStream(), freshStream()];
    const twice = jsonEvent({ id: randomUUID(), type: 'Twice', data: {} });
    await append(a, [twice, twice], ANY);
    await append(b, [twice], ANY);
    expect(await collect(served.client.readStream(a))).toHaveLength(2);
    expect(await collect(served.client.readStream(b))).toHaveLength(1);
    expect((await append(a, [twice, twice], ANY)).nextExpectedRevision).toBe(1n);
  });

  it('creates nothing with an append of nothing', async () => {
    const stream = freshStream();
    expect((await append(stream, [], ANY)).success).toBe(true);
    await expect(collect(served.client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
    await append(stream, [event(0)], NO_STREAM);
  });
});
