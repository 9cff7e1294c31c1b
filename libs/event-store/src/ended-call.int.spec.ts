import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DeadlineExceededError, UnavailableError, UnknownError } from '@eventstore/db-client';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Server, ServerCredentials, status as grpcStatus, type ServerDuplexStream, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { DeadlinePassed } from './deadline.js';
import { EventStore } from './event-store.js';

const SERVICE = 'event_store.client.streams.Streams';
const asItIs = (bytes: Buffer): Buffer => bytes;

/** Answers appends as a cluster may that the embedded server never is: each spec says how. */
let answering: (call: ServerDuplexStream<Buffer, Buffer>, request: streams.BatchAppendReq) => void;
let server: Server;
let store: EventStore;

beforeEach(async () => {
  server = new Server();
  server.addService({
    supported: { path: '/event_store.client.server_features.ServerFeatures/GetSupportedMethods', requestStream: false, responseStream: false, requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs },
  }, {
    supported: (_call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
      const method = new features.SupportedMethod().setServiceName(SERVICE.toLowerCase()).setMethodName('batchappend');
      answer(null, Buffer.from(new features.SupportedMethods().setMethodsList([method]).serializeBinary()));
    },
  });
  server.addService({
    append: { path: `/${SERVICE}/BatchAppend`, requestStream: true, responseStream: true, requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs },
  }, {
    append: (call: ServerDuplexStream<Buffer, Buffer>) => { call.on('data', (bytes: Buffer) => answering(call, streams.BatchAppendReq.deserializeBinary(bytes))); },
  });
  const port = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  store = EventStore.connect({ url: `esdb://127.0.0.1:${port}?tls=false`, deadlineMs: 1_000 });
});
afterEach(async () => {
  await store.dispose();
  server.forceShutdown();
});

const append = (data: object = {}): Promise<bigint> => store.append('counter-1', [{ id: randomUUID(), type: 'Counted', data, metadata: {} }], undefined);

const succeed = (call: ServerDuplexStream<Buffer, Buffer>, correlation: shared.UUID | undefined): void => {
  const success = new streams.BatchAppendResp.Success().setCurrentRevision('0').setPosition(new shared.AllStreamPosition().setCommitPosition('7').setPreparePosition('7'));
  call.write(Buffer.from(new streams.BatchAppendResp().setCorrelationId(correlation).setSuccess(success).serializeBinary()));
};

it('goes on by a new call after the server has ended one in order', async () => {
  answering = (call) => { call.end(); };
  await expect(append()).rejects.toThrow(UnavailableError);
  answering = (call, request) => succeed(call, request.getCorrelationId());
  expect(await append()).toBe(7n);
});

it('knows its appends by ids in halves', async () => {
  answering = (call, request) => {
    const id = Buffer.from((request.getCorrelationId()?.getString() as string).replaceAll('-', ''), 'hex');
    succeed(call, new shared.UUID().setStructured(new shared.UUID.Structured().setMostSignificantBits(id.readBigInt64BE(0).toString()).setLeastSignificantBits(id.readBigInt64BE(8).toString())));
  };
  expect(await append()).toBe(7n);
});

it('survives a refusal without details', async () => {
  answering = (call, request) => {
    call.write(Buffer.from(new streams.BatchAppendResp().setCorrelationId(request.getCorrelationId()).setError(new status.Status().setCode(13).setMessage('busy')).serializeBinary()));
  };
  await expect(append()).rejects.toThrow(UnknownError);
});

it('remembers no append that was given up', async () => {
  answering = () => undefined;
  await expect(append()).rejects.toThrow(DeadlinePassed);
  expect((store as unknown as { appends: { waiting: Map<string, unknown> } }).appends.waiting.size).toBe(0);
});

it.each([['in order', 0], ['with an error', grpcStatus.INTERNAL]])('does not keep those waiting who could not write to a call that the server ends %s', async (_how, code) => {
  const reached = new Promise<ServerDuplexStream<Buffer, Buffer>>((resolve) => {
    answering = (call) => {
      call.pause();
      resolve(call);
    };
  });
  const waiting = Array.from({ length: 40 }, () => append({ text: 'x'.repeat(100_000) }).catch((error: unknown) => error));
  const call = await reached;
  answering = (next, request) => succeed(next, request.getCorrelationId());
  call.emit('error', Object.assign(new Error('ended'), { code, details: 'ended' }));
  const outcomes = await Promise.all(waiting);
  expect(outcomes.filter((outcome) => outcome instanceof DeadlinePassed || outcome instanceof DeadlineExceededError)).toEqual([]);
  expect(outcomes).toContain(7n);
});
