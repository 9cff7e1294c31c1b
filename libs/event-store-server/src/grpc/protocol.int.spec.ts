import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { binaryEvent, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { collect, event, events, freshStream, serveFolder, type ServedFolder } from '../client.fixture.js';
import { RawClient } from '../raw-client.fixture.js';
import { formatUuid, parseUuid } from '../wire/uuid.js';

const GARBAGE = Buffer.from([0x0a, 0xff, 0x01]);
const LIMIT = 1024 * 1024;

interface Chunk {
  readonly correlation?: string;
  readonly stream?: string;
  readonly deadline?: Date;
  readonly types?: readonly (string | undefined)[];
  readonly final?: boolean;
}

const chunk = ({ correlation = randomUUID(), stream, deadline, types = [], final = true }: Chunk): Buffer => {
  const request = new streams.BatchAppendReq().setCorrelationId(new shared.UUID().setString(correlation)).setIsFinal(final);
  if (stream !== undefined) {
    const options = new streams.BatchAppendReq.Options().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream))).setAny(new shared.Empty());
    if (deadline) options.setDeadline(Timestamp.fromDate(deadline));
    request.setOptions(options);
  }
  for (const type of types) {
    const message = new streams.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID()));
    message.getMetadataMap().set('content-type', 'application/octet-stream');
    if (type !== undefined) message.getMetadataMap().set('type', type);
    request.addProposedMessages(message);
  }
  return Buffer.from(request.serializeBinary());
};

describe('the protocol', () => {
  let served: ServedFolder;
  let raw: RawClient;
  beforeAll(async () => {
    served = await serveFolder({ storage: 'memory' });
    raw = new RawClient(served.server.port);
  });
  afterAll(async () => {
    raw.close();
    await served.close();
  });

  describe('a malformed message', () => {
    it('ends its read with a status', async () => {
      const [error] = await once(raw.read(GARBAGE), 'error', { signal: AbortSignal.timeout(20_000) }).catch((failure: unknown) => [failure]);
      expect(error).toMatchObject({ code: status.INTERNAL });
    });

    it('ends its append with a status', async () => {
      expect(await raw.append(GARBAGE)).toMatchObject({ code: status.INTERNAL });
    });

    it('ends its call of appends and no other', async () => {
      const [broken, healthy] = [raw.batchAppend(), raw.batchAppend()];
      const stream = freshStream();
      broken.write(GARBAGE);
      const failed = await new Promise((resolve) => broken.on('error', resolve).resume());
      expect(failed).toMatchObject({ code: status.INTERNAL });
      healthy.write(chunk({ stream, types: ['T'] }));
      const [answer] = (await once(healthy, 'data')) as [streams.BatchAppendResp];
      expect(answer.hasSuccess()).toBe(true);
      healthy.end();
      expect(await collect(served.client.readStream(stream))).toHaveLength(1);
    });

    it('as a filter refuses the subscription', async () => {
      const call = raw.subscribeToAll({ after: 0n, prefixes: [], window: 0, checkpointMultiplier: 1 });
      expect(await new Promise((resolve) => call.on('error', resolve).resume())).toMatchObject({ code: status.INVALID_ARGUMENT });
    });
  });

  describe('a call of appends', () => {
    /** Sends the chunks and returns the answers until as many correlations are answered as there are final chunks. */
    const exchange = async (chunks: readonly Chunk[]): Promise<Map<string, streams.BatchAppendResp>> => {
      const call = raw.batchAppend();
      for (const each of chunks) call.write(chunk(each));
      call.end();
      const answers = new Map<string, streams.BatchAppendResp>();
      for await (const answer of call as AsyncIterable<streams.BatchAppendResp>) {
        const correlation = answer.getCorrelationId()?.getString() as string;
        expect(answers.has(correlation)).toBe(false);
        answers.set(correlation, answer);
      }
      return answers;
    };

    it('answers every correlation once, whatever became of it', async () => {
      const stream = freshStream();
      const cases: Record<string, Chunk> = {
        accepted: { stream, types: ['T'] },
        'without options': { types: ['T'] },
        'without a type': { stream, types: ['T', undefined] },
        'without a name': { stream: '', types: ['T'] },
        'to $all': { stream: '$all', types: ['T'] },
        'past its deadline': { stream, types: ['T'], deadline: new Date(Date.now() - 1_000) },
        'before its deadline': { stream, types: ['T'], deadline: new Date(Date.now() + 60_000) },
      };
      const correlations = Object.fromEntries(Object.keys(cases).map((name) => [name, randomUUID()]));
      const answers = await exchange(Object.entries(cases).map(([name, each]) => ({ ...each, correlation: correlations[name] as string })));
      const outcome = (name: string): string | undefined => {
        const answer = answers.get(correlations[name] as string);
        return answer?.hasSuccess() ? 'success' : answer?.getError()?.getDetails()?.getTypeName();
      };
      expect(Object.fromEntries(Object.keys(cases).map((name) => [name, outcome(name)]))).toEqual({
        accepted: 'success',
        'without options': 'event_store.client.BadRequest',
        'without a type': 'event_store.client.BadRequest',
        'without a name': 'event_store.client.BadRequest',
        'to $all': 'event_store.client.AccessDenied',
        'past its deadline': 'event_store.client.Timeout',
        'before its deadline': 'success',
      });
      expect(await collect(served.client.readStream(stream))).toHaveLength(2);
    });

    it('puts the chunks of interleaved appends together', async () => {
      const [a, b] = [freshStream(), freshStream()];
      const [first, second] = [randomUUID(), randomUUID()];
      const answers = await exchange([
        { correlation: first, stream: a, types: ['1', '2'], final: false },
        { correlation: second, stream: b, types: ['1'], final: false },
        { correlation: first, types: ['3'], final: false },
        { correlation: second, types: ['2'] },
        { correlation: first, types: ['4'] },
      ]);
      expect([...answers.values()].map((answer) => answer.getSuccess()?.getCurrentRevision()).sort()).toEqual(['1', '3']);
      const types = async (stream: string) => (await collect(served.client.readStream(stream))).map((each) => each.event?.type);
      expect([await types(a), await types(b)]).toEqual([['1', '2', '3', '4'], ['1', '2']]);
    });

    it('takes a correlation id that was answered for a new append', async () => {
      const [first, second] = [freshStream(), freshStream()];
      const correlation = randomUUID();
      const call = raw.batchAppend();
      for (const stream of [first, second]) {
        const answer = once(call, 'data');
        call.write(chunk({ correlation, stream, types: ['T'] }));
        expect(((await answer) as [streams.BatchAppendResp])[0].getSuccess()?.getCurrentRevision()).toBe('0');
      }
      call.end();
      expect(await collect(served.client.readStream(second))).toHaveLength(1);
    });

    it('forgets an append whose end never comes', async () => {
      const stream = freshStream();
      expect((await exchange([{ stream, types: ['T'], final: false }])).size).toBe(0);
      await expect(collect(served.client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found' });
    });
  });

  it.each([['batch', {}], ['classic', { credentials: { username: 'someone', password: 'ignored' } }]])('takes an append of 1 MiB of data and not a byte more, %s', async (_, options) => {
    const stream = freshStream('大');
    const half = binaryEvent({ type: 'Half', data: Buffer.alloc(LIMIT / 2) });
    const accepted = [half, binaryEvent({ type: 'Half', data: Buffer.alloc(LIMIT / 2) })];
    await expect(served.client.appendToStream(stream, accepted, { expectedRevision: NO_STREAM, ...options })).resolves.toMatchObject({ nextExpectedRevision: 1n });
    const refused = [half, binaryEvent({ type: 'Half', data: Buffer.alloc(LIMIT / 2 + 1) })];
    await expect(served.client.appendToStream(stream, refused, options)).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: LIMIT });
    expect(await collect(served.client.readStream(stream))).toHaveLength(2);
  });

  it('takes appends of many chunks from the official client', async () => {
    const stream = freshStream();
    await served.client.appendToStream(stream, events(500), { expectedRevision: NO_STREAM, batchAppendSize: 1_000 });
    expect(await collect(served.client.readStream(stream))).toHaveLength(500);
  });

  it('refuses a past deadline of the official client and writes nothing', async () => {
    const stream = freshStream();
    await served.client.appendToStream(freshStream(), [event(0)]);
    await expect(served.client.appendToStream(stream, [event(0)], { deadline: -1_000 })).rejects.toMatchObject({ type: 'deadline-exceeded' });
    await expect(collect(served.client.readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('serves the classic append with the same semantics', async () => {
    const stream = freshStream('投诉');
    const credentials = { username: 'someone', password: 'ignored' };
    const write = events(2);
    const original = await served.client.appendToStream(stream, write, { expectedRevision: NO_STREAM, credentials });
    expect(await served.client.appendToStream(stream, write, { expectedRevision: NO_STREAM, credentials })).toEqual(original);
    const refused = await served.client.appendToStream(stream, [event(3)], { expectedRevision: 7n, credentials }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WrongExpectedVersionError);
    expect(refused).toMatchObject({ streamName: stream, expectedVersion: 7n, actualVersion: 1n });
    const withoutType = new streams.AppendReq().setProposedMessage(new streams.AppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID())));
    const missing = await raw.append(Buffer.from(withoutType.serializeBinary()));
    expect(missing).toMatchObject({ code: status.INTERNAL });
  });

  it('serves structured ids both ways', async () => {
    const stream = freshStream();
    const id = randomUUID();
    await served.client.appendToStream(stream, [binaryEvent({ id, type: 'T', data: Buffer.from('x') })]);
    const options = new streams.ReadReq.Options()
      .setStream(new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream))).setStart(new shared.Empty()))
      .setCount('1')
      .setUuidOption(new streams.ReadReq.Options.UUIDOption().setStructured(new shared.Empty()));
    const [answer] = await collect<streams.ReadResp>(raw.read(Buffer.from(new streams.ReadReq().setOptions(options).serializeBinary())), 1);
    const structured = answer?.getEvent()?.getEvent()?.getId()?.getStructured();
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64BE(BigInt(structured?.getMostSignificantBits() ?? 0), 0);
    bytes.writeBigInt64BE(BigInt(structured?.getLeastSignificantBits() ?? 0), 8);
    expect(formatUuid(bytes)).toBe(id);
    expect(bytes).toEqual(parseUuid(id));
  });

  it('answers a health check', async () => {
    expect(await raw.unary('/grpc.health.v1.Health/Check', Buffer.alloc(0))).toEqual(Buffer.from([8, 1]));
  });

  it('ends open calls with CANCELLED when it stops, after answering what was asked', async () => {
    const own = await serveFolder({ storage: 'memory' });
    const client = new RawClient(own.server.port);
    const subscription = client.subscribeToAll({ after: 0n, prefixes: ['x'], window: 32, checkpointMultiplier: 1 });
    await once(subscription, 'data');
    const appends = client.batchAppend();
    const answered = once(appends, 'data');
    appends.write(chunk({ stream: freshStream(), types: ['T'] }));
    const endings = [subscription, appends].map((call) => new Promise((resolve) => call.on('error', resolve).resume()));
    await answered;
    await own.server.stop();
    expect(await Promise.all(endings)).toEqual([expect.objectContaining({ code: status.CANCELLED }), expect.objectContaining({ code: status.CANCELLED })]);
    client.close();
    await own.close();
  });
});
