import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { decodeBatchAppendAnswer, encodeBatchAppend, type BatchAppend } from './batch-append.js';
import { MalformedMessage } from './reader.js';
import { decodeReadAnswer, encodeReadStream, encodeSubscribeToAll } from './read.js';
import { field } from './writer.js';

const append: BatchAppend = {
  correlationId: randomUUID(), stream: '投诉-1', revision: undefined, deadlineMs: 1_800_000_000_123,
  proposals: [
    { id: randomUUID(), type: 'Gemeldet ✓', data: { text: '电梯 "dunkel" \\ 🙂'.repeat(50), none: null }, metadata: { actor: { id: 'ann' }, at: '2026-01-01' } },
    { id: randomUUID(), type: 'Counted', data: {}, metadata: {} },
    { id: randomUUID(), type: 'Counted', data: { by: 1 }, metadata: { a: 1 } },
  ],
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const official = (change: Partial<BatchAppend> = {}) => streams.BatchAppendReq.deserializeBinary(encodeBatchAppend({ ...append, ...change }));
const identifier = (stream: string): shared.StreamIdentifier => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

describe('what the official classes read of ours', () => {
  it('an append, event by event', () => {
    const request = official();
    expect(request.getIsFinal()).toBe(true);
    expect(request.getCorrelationId()?.getString()).toBe(append.correlationId);
    expect(text(request.getOptions()?.getStreamIdentifier()?.getStreamName_asU8() as Uint8Array)).toBe('投诉-1');
    expect(request.getOptions()?.getDeadline()?.toDate()).toEqual(new Date(append.deadlineMs));
    expect(request.getProposedMessagesList().map((message) => ({
      id: message.getId()?.getString(), type: message.getMetadataMap().get('type'), contentType: message.getMetadataMap().get('content-type'),
      data: JSON.parse(text(message.getData_asU8())) as unknown, metadata: JSON.parse(text(message.getCustomMetadata_asU8())) as unknown,
    }))).toEqual(append.proposals.map(({ id, type, data, metadata }) => ({ id, type, contentType: 'application/json', data, metadata })));
  });

  it.each([0n, 5n, 2n ** 63n])('an append behind revision %s, and to no stream', (revision) => {
    expect(official().getOptions()?.hasNoStream()).toBe(true);
    expect(official({ revision }).getOptions()?.getStreamPosition()).toBe(revision.toString());
    expect(official({ revision }).getOptions()?.hasNoStream()).toBe(false);
  });

  it('a read of a stream', () => {
    const options = streams.ReadReq.deserializeBinary(encodeReadStream('投诉-1')).getOptions() as streams.ReadReq.Options;
    expect(text(options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() as Uint8Array)).toBe('投诉-1');
    expect([options.getStream()?.hasStart(), options.getReadDirection(), options.getCount(), options.hasNoFilter(), options.getUuidOption()?.hasString(), options.getResolveLinks()])
      .toEqual([true, 0, String(Number.MAX_SAFE_INTEGER), true, true, false]);
  });

  it.each([undefined, 0n, 2n ** 62n])('a subscription after %s', (after) => {
    const options = streams.ReadReq.deserializeBinary(encodeSubscribeToAll({ prefixes: ['a-', '投-'], after, window: 32, checkpointInterval: 16 })).getOptions() as streams.ReadReq.Options;
    expect([options.hasSubscription(), options.getUuidOption()?.hasString(), options.getAll()?.hasStart()]).toEqual([true, true, after === undefined]);
    expect([options.getAll()?.getPosition()?.getCommitPosition(), options.getAll()?.getPosition()?.getPreparePosition()]).toEqual([after?.toString(), after?.toString()]);
    expect(options.getFilter()?.toObject()).toMatchObject({ streamIdentifier: { prefixList: ['a-', '投-'] }, max: 32, checkpointintervalmultiplier: 16 });
  });
});

describe('what we read of the official classes', () => {
  const answer = (change: (response: streams.BatchAppendResp) => void): Buffer => {
    const response = new streams.BatchAppendResp().setCorrelationId(new shared.UUID().setString(append.correlationId)).setStreamIdentifier(identifier('s'));
    change(response);
    return Buffer.from(response.serializeBinary());
  };

  it.each(['0', '4711', '9223372036854775807'])('an append at position %s', (position) => {
    const bytes = answer((response) => response.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision('3').setPosition(new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position))));
    expect(decodeBatchAppendAnswer(bytes)).toEqual({ correlationId: append.correlationId, position: BigInt(position), bytes });
  });

  it('an append that failed', () => {
    expect(decodeBatchAppendAnswer(answer((response) => response.setNoStream(new shared.Empty()))).position).toBeUndefined();
  });

  const recorded = (contentType: string, data: string): Buffer => {
    const event = new streams.ReadResp.ReadEvent.RecordedEvent().setId(new shared.UUID().setString(append.correlationId)).setStreamIdentifier(identifier('投诉-1'))
      .setStreamRevision('7').setCommitPosition('9007199254740993').setPreparePosition('9007199254740993').setCustomMetadata(Buffer.from('{"a":"电"}')).setData(Buffer.from(data));
    event.getMetadataMap().set('created', '16000000000000').set('type', 'Gemeldet ✓').set('content-type', contentType);
    return Buffer.from(new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setLink(new streams.ReadResp.ReadEvent.RecordedEvent()).setCommitPosition('1')).serializeBinary());
  };

  it('an event, its position exact', () => {
    expect(decodeReadAnswer(recorded('application/json', '{"text":"电梯"}'))).toEqual({
      kind: 'event',
      event: { id: append.correlationId, stream: '投诉-1', revision: 7n, position: 9_007_199_254_740_993n, type: 'Gemeldet ✓', data: { text: '电梯' }, metadata: { a: '电' } },
    });
  });

  it('an event whose content type comes last', () => {
    const event = streams.ReadResp.deserializeBinary(recorded('application/json', '{"text":"电梯"}')).getEvent()?.getEvent() as streams.ReadResp.ReadEvent.RecordedEvent;
    const types = new streams.ReadResp.ReadEvent.RecordedEvent();
    types.getMetadataMap().set('type', 'Gemeldet ✓').set('content-type', 'application/json');
    event.getMetadataMap().clear();
    const bytes = field(1, field(1, Buffer.from(event.serializeBinary()), Buffer.from(types.serializeBinary())));
    expect(decodeReadAnswer(bytes)).toMatchObject({ kind: 'event', event: { type: 'Gemeldet ✓', data: { text: '电梯' } } });
  });

  it('an event whose id comes in halves', () => {
    const halves = new shared.UUID.Structured().setMostSignificantBits('-2').setLeastSignificantBits('17');
    const event = new streams.ReadResp.ReadEvent.RecordedEvent().setId(new shared.UUID().setStructured(halves)).setStreamIdentifier(identifier('s')).setStreamRevision('0');
    expect(decodeReadAnswer(Buffer.from(new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event)).serializeBinary())))
      .toMatchObject({ event: { id: 'ffffffff-ffff-fffe-0000-000000000011' } });
  });

  it('an event without data that is JSON', () => {
    expect(decodeReadAnswer(recorded('application/octet-stream', '{"text":"电梯"}'))).toMatchObject({ event: { data: undefined, type: 'Gemeldet ✓' } });
    expect(decodeReadAnswer(recorded('application/json', '{"text":'))).toMatchObject({ event: { data: undefined } });
  });

  it('a checkpoint, the end of the log, a stream that is not there, and what nobody waits for', () => {
    const kinds = [
      new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition('12').setPreparePosition('12')),
      new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()),
      new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier('s'))),
      new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('x')),
      new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setCommitPosition('1')),
    ].map((response) => decodeReadAnswer(Buffer.from(response.serializeBinary())));
    expect(kinds).toEqual([{ kind: 'checkpoint', position: 12n }, { kind: 'caught-up' }, { kind: 'stream-not-found' }, { kind: 'other' }, { kind: 'other' }]);
  });

  it.each(['0a', '0a05', '08ffffffffffffffffffff01', '0b', '0a030a0901'])('nothing of %s', (hex) => {
    expect(() => decodeReadAnswer(Buffer.from(hex, 'hex'))).toThrow(MalformedMessage);
  });
});
