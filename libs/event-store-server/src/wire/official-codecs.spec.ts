import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { MalformedMessage } from '../errors.js';
import { LogRecord } from '../log/record.js';
import { MissingMetadata, readAppend, readBatchAppend, type Expected } from './append-request.js';
import { appendResponse, batchAppendResponse } from './append-response.js';
import { readReadRequest } from './read-request.js';
import { caughtUp, checkpoint, confirmation, eventWithStringId, eventWithStructuredId, fellBehind, streamNotFound } from './read-response.js';
import { formatUuid, parseUuid } from './uuid.js';

const ID = 'fedcba98-7654-4321-8fed-cba987654321';

const stringId = (id: string): shared.UUID => new shared.UUID().setString(id);
const structuredId = (id: string): shared.UUID => {
  const bytes = parseUuid(id);
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(bytes.readBigInt64BE(0).toString());
  structured.setLeastSignificantBits(bytes.readBigInt64BE(8).toString());
  return new shared.UUID().setStructured(structured);
};
const identifier = (stream: string): shared.StreamIdentifier => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

const batchAppend = (change: (request: streams.BatchAppendReq, options: streams.BatchAppendReq.Options) => void): Buffer => {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(identifier('投诉-1'));
  const request = new streams.BatchAppendReq().setCorrelationId(stringId(randomUUID())).setOptions(options);
  change(request, options);
  return Buffer.from(request.serializeBinary());
};

const proposed = (id: shared.UUID, metadata: Readonly<Record<string, string>>): streams.BatchAppendReq.ProposedMessage => {
  const message = new streams.BatchAppendReq.ProposedMessage().setId(id).setData(Buffer.from('data')).setCustomMetadata(Buffer.from('meta'));
  for (const [key, value] of Object.entries(metadata)) message.getMetadataMap().set(key, value);
  return message;
};

describe('requests of the official client', () => {
  it.each([
    ['any', (options: streams.BatchAppendReq.Options) => options.setAny(new shared.Empty()), { kind: 'any' }],
    ['no stream', (options: streams.BatchAppendReq.Options) => options.setNoStream(new shared.Empty()), { kind: 'no-stream' }],
    ['stream exists', (options: streams.BatchAppendReq.Options) => options.setStreamExists(new shared.Empty()), { kind: 'stream-exists' }],
    ['revision 0', (options: streams.BatchAppendReq.Options) => options.setStreamPosition('0'), { kind: 'exact', revision: 0n }],
    ['the largest revision', (options: streams.BatchAppendReq.Options) => options.setStreamPosition('18446744073709551615'), { kind: 'exact', revision: 2n ** 64n - 1n }],
  ])('append with expected revision %s', (_, set, expected) => {
    const chunk = readBatchAppend(batchAppend((_request, options) => set(options)));
    expect(chunk.options).toEqual({ stream: '投诉-1', expected, deadlineMs: Infinity });
  });

  it.each([['a string', stringId], ['a structured', structuredId]])('append of an event with %s id', (_, id) => {
    const bytes = batchAppend((request, options) => {
      options.setAny(new shared.Empty()).setDeadline(Timestamp.fromDate(new Date(1_800_000_000_123)));
      request.addProposedMessages(proposed(id(ID), { type: 'Gemeldet ✓', 'content-type': 'application/json' }));
      request.setIsFinal(true);
    });
    const { options, events, isFinal } = readBatchAppend(bytes);
    expect(options).toMatchObject({ deadlineMs: 1_800_000_000_123 });
    expect(events).toEqual([{ id: parseUuid(ID), type: 'Gemeldet ✓', contentType: 'application/json', metadata: Buffer.from('meta'), data: Buffer.from('data') }]);
    expect(isFinal).toBe(true);
  });

  it('an event without its type refuses that append and no other', () => {
    const { events } = readBatchAppend(batchAppend((request) => request.addProposedMessages(proposed(stringId(ID), { 'content-type': 'application/json' }))));
    expect(events).toBeInstanceOf(MissingMetadata);
    expect(events).toMatchObject({ properties: ['type'] });
  });

  it.each([
    ['no stream name', (request: streams.BatchAppendReq) => request.getOptions()?.setStreamIdentifier(identifier('')).setAny(new shared.Empty())],
    ['no expected revision', () => undefined],
    ['a name that is not UTF-8', (request: streams.BatchAppendReq) => request.getOptions()?.setAny(new shared.Empty()).setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from([0xff])))],
  ])('options with %s are refused', (_, change) => {
    expect(readBatchAppend(batchAppend(change)).options).toBeInstanceOf(MalformedMessage);
  });

  it('a classic append', () => {
    const options = new streams.AppendReq.Options().setStreamIdentifier(identifier('s')).setRevision('3');
    expect(readAppend(Buffer.from(new streams.AppendReq().setOptions(options).serializeBinary()))).toEqual({ options: { stream: 's', expected: { kind: 'exact', revision: 3n }, deadlineMs: Infinity } });
  });

  it('a filtered subscription to all', () => {
    const expression = new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList(['a-', 'b-']);
    const filter = new streams.ReadReq.Options.FilterOptions().setEventType(expression).setMax(7).setCheckpointintervalmultiplier(3);
    const position = new streams.ReadReq.Options.Position().setCommitPosition('12').setPreparePosition('12');
    const options = new streams.ReadReq.Options()
      .setAll(new streams.ReadReq.Options.AllOptions().setPosition(position))
      .setSubscription(new streams.ReadReq.Options.SubscriptionOptions())
      .setFilter(filter)
      .setUuidOption(new streams.ReadReq.Options.UUIDOption().setStructured(new shared.Empty()));
    expect(readReadRequest(Buffer.from(new streams.ReadReq().setOptions(options).serializeBinary()))).toEqual({
      source: { kind: 'all', from: { kind: 'at', at: 12n } },
      direction: 'forwards',
      mode: { kind: 'subscription' },
      filter: { on: 'event-type', prefixes: ['a-', 'b-'], regex: '', window: 7, checkpointMultiplier: 3 },
      structuredIds: true,
    });
  });

  it('a read of a stream backwards from its end', () => {
    const options = new streams.ReadReq.Options()
      .setStream(new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier('s')).setEnd(new shared.Empty()))
      .setReadDirection(1)
      .setCount('5')
      .setNoFilter(new shared.Empty());
    expect(readReadRequest(Buffer.from(new streams.ReadReq().setOptions(options).serializeBinary()))).toMatchObject({
      source: { kind: 'stream', stream: 's', from: { kind: 'end' } },
      direction: 'backwards',
      mode: { kind: 'read', count: 5n },
      filter: undefined,
    });
  });
});

describe('answers to the official client', () => {
  const record = LogRecord.encode(
    { position: 300, stream: '投诉-1', revision: 0, createdMs: 1_800_000_000_123 },
    { id: parseUuid(ID), type: 'Gemeldet', contentType: 'application/octet-stream', metadata: Buffer.from('meta'), data: Buffer.from([0, 255]) },
  );

  it.each([
    ['string', eventWithStringId, { string: ID, structured: undefined }],
    ['structured', eventWithStructuredId, { string: '', structured: { mostSignificantBits: parseUuid(ID).readBigInt64BE(0).toString(), leastSignificantBits: parseUuid(ID).readBigInt64BE(8).toString() } }],
  ])('an event with a %s id', (_, encode, id) => {
    const answer = streams.ReadResp.deserializeBinary(encode(record)).getEvent();
    expect(answer?.getCommitPosition()).toBe('300');
    const event = answer?.getEvent();
    expect(event?.getId()?.toObject()).toEqual(id);
    expect(Buffer.from(event?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe('投诉-1');
    expect([event?.getStreamRevision(), event?.getPreparePosition(), event?.getCommitPosition()]).toEqual(['0', '300', '300']);
    expect(Object.fromEntries(event?.getMetadataMap().toArray() ?? [])).toEqual({ type: 'Gemeldet', 'content-type': 'application/octet-stream', created: '18000000001230000' });
    expect([...(event?.getData_asU8() ?? [])]).toEqual([0, 255]);
    expect(Buffer.from(event?.getCustomMetadata_asU8() ?? []).toString()).toBe('meta');
  });

  it('the other messages of a read', () => {
    const read = (bytes: Buffer) => streams.ReadResp.deserializeBinary(bytes);
    expect(read(confirmation(ID)).getConfirmation()?.getSubscriptionId()).toBe(ID);
    expect(read(checkpoint(5)).getCheckpoint()?.toObject()).toEqual({ commitPosition: '5', preparePosition: '5' });
    expect(Buffer.from(read(streamNotFound('投诉')).getStreamNotFound()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe('投诉');
    expect([read(caughtUp).hasCaughtUp(), read(fellBehind).hasFellBehind()]).toEqual([true, true]);
  });

  it.each<[string, Expected]>([
    ['revision 4', { kind: 'exact', revision: 4n }],
    ['no stream', { kind: 'no-stream' }],
  ])('another revision than expected, %s', (_, expected) => {
    const correlation = Buffer.from(structuredId(ID).serializeBinary());
    const answer = streams.BatchAppendResp.deserializeBinary(batchAppendResponse(correlation, 's', expected, { kind: 'wrong-expected-revision', current: 0 }));
    const details = answer.getError()?.getDetails()?.unpack(shared.WrongExpectedVersion.deserializeBinary, 'event_store.client.WrongExpectedVersion');
    expect(answer.getCorrelationId()?.toObject()).toEqual(structuredId(ID).toObject());
    expect(details?.getCurrentStreamRevision()).toBe('0');
    expect([details?.hasExpectedStreamPosition(), details?.hasExpectedNoStream()]).toEqual([expected.kind === 'exact', expected.kind === 'no-stream']);
    expect([answer.hasStreamPosition(), answer.hasNoStream()]).toEqual([expected.kind === 'exact', expected.kind === 'no-stream']);
  });

  it('a classic append', () => {
    const accepted = streams.AppendResp.deserializeBinary(appendResponse({ kind: 'any' }, { kind: 'appended', revision: 0, position: 9 }));
    expect([accepted.getSuccess()?.getCurrentRevision(), accepted.getSuccess()?.getPosition()?.getCommitPosition()]).toEqual(['0', '9']);
    const refused = streams.AppendResp.deserializeBinary(appendResponse({ kind: 'stream-exists' }, { kind: 'wrong-expected-revision', current: -1 }));
    expect([refused.getWrongExpectedVersion()?.hasCurrentNoStream(), refused.getWrongExpectedVersion()?.hasExpectedStreamExists()]).toEqual([true, true]);
  });
});

describe('formatUuid', () => {
  it('writes what parseUuid read, in lower case', () => {
    expect(formatUuid(parseUuid(ID.toUpperCase()))).toBe(ID);
  });
});
