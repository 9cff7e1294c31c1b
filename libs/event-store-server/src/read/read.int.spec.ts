import { BACKWARDS, binaryEvent, END, FORWARDS, jsonEvent, NO_STREAM, START, type ReadStreamOptions } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { collect, events, freshStream, revisionsOf, serveFolder, type ServedFolder } from '../client.fixture.js';

describe.each(['disk', 'memory'] as const)('reads of a log on %s', (storage) => {
  let served: ServedFolder;
  const stream = freshStream('投诉');
  beforeAll(async () => {
    served = await serveFolder({ storage });
    await served.client.appendToStream(freshStream(), events(3), { expectedRevision: NO_STREAM });
    await served.client.appendToStream(stream, events(10), { expectedRevision: NO_STREAM });
    await served.client.appendToStream(freshStream(), events(400), { expectedRevision: NO_STREAM });
  });
  afterAll(() => served.close());

  it.each<[string, ReadStreamOptions, bigint[]]>([
    ['forwards from the start', { direction: FORWARDS, fromRevision: START, maxCount: 3 }, [0n, 1n, 2n]],
    ['forwards from a revision, that one included', { direction: FORWARDS, fromRevision: 7n }, [7n, 8n, 9n]],
    ['forwards past the end', { direction: FORWARDS, fromRevision: 10n }, []],
    ['forwards far past the end', { direction: FORWARDS, fromRevision: 2n ** 64n - 1n }, []],
    ['forwards from the end', { direction: FORWARDS, fromRevision: END }, []],
    ['backwards from the end', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }, [9n, 8n]],
    ['backwards from a revision, that one included', { direction: BACKWARDS, fromRevision: 2n }, [2n, 1n, 0n]],
    ['backwards from beyond the end', { direction: BACKWARDS, fromRevision: 2n ** 64n - 1n, maxCount: 1 }, [9n]],
    ['backwards from the start', { direction: BACKWARDS, fromRevision: START }, [0n]],
    ['nothing', { maxCount: 0 }, []],
  ])('of a stream, %s', async (_, options, expected) => {
    expect(revisionsOf(await collect(served.client.readStream(stream, options)))).toEqual(expected);
  });

  it.each([FORWARDS, BACKWARDS] as const)('of a stream that does not exist, %s', async (direction) => {
    const missing = freshStream('无');
    await expect(collect(served.client.readStream(missing, { direction }))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('of all, every event once, in one order both ways', async () => {
    const forwards = await collect(served.client.readAll());
    const backwards = await collect(served.client.readAll({ direction: BACKWARDS, fromPosition: END }));
    expect(forwards).toHaveLength(413);
    expect(backwards.toReversed()).toEqual(forwards);
    const positions = forwards.map((each) => each.event?.position?.commit as bigint);
    expect(positions).toEqual(positions.map((_, index) => (positions[0] as bigint) + BigInt(index)));
  });

  it('of all from a position: forwards with it, backwards without it', async () => {
    const { position } = (await collect(served.client.readStream(stream, { fromRevision: 4n, maxCount: 1 })))[0]?.event as { position: { commit: bigint; prepare: bigint } };
    expect(revisionsOf(await collect(served.client.readAll({ fromPosition: position, maxCount: 2 })))).toEqual([4n, 5n]);
    expect(revisionsOf(await collect(served.client.readAll({ fromPosition: position, maxCount: 2, direction: BACKWARDS })))).toEqual([3n, 2n]);
    expect(await collect(served.client.readAll({ fromPosition: END }))).toEqual([]);
    expect(await collect(served.client.readAll({ fromPosition: START, direction: BACKWARDS }))).toEqual([]);
    expect(await collect(served.client.readAll({ maxCount: 300 }))).toHaveLength(300);
  });

  it('gives data, metadata and type back byte for byte, with a creation time that does not decrease', async () => {
    const mine = freshStream();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const before = Date.now();
    await served.client.appendToStream(mine, [
      binaryEvent({ id: randomUUID(), type: '类型 ✓', data: bytes, metadata: Buffer.from([255, 0, 1]) }),
      jsonEvent({ type: 'empty', data: {} }),
      binaryEvent({ type: 'no data', data: Buffer.alloc(0) }),
    ], { expectedRevision: NO_STREAM });
    const [binary, json, none] = (await collect(served.client.readStream(mine))).map((each) => each.event);
    expect(binary).toMatchObject({ type: '类型 ✓', isJson: false, streamId: mine, data: bytes });
    expect([...(binary?.metadata as Uint8Array)]).toEqual([255, 0, 1]);
    expect(json).toMatchObject({ data: {}, isJson: true, metadata: undefined });
    expect(none?.data).toHaveLength(0);
    const created = (await collect(served.client.readAll())).map((each) => Number(each.event?.created));
    expect(created).toEqual(created.toSorted((a, b) => a - b));
    expect(created.at(-1)).toBeGreaterThanOrEqual(before);
    expect(created.at(-1)).toBeLessThanOrEqual(Date.now());
  });
});
