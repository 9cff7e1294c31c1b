import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { readAppend, readBatchAppend, type AppendMessage, type BatchAppendChunk } from '../wire/append-request.js';
import { readReadRequest, type ReadRequest } from '../wire/read-request.js';

const bytes = (message: Buffer): Buffer => message;
/** For requests of which nothing matters; grpc-js takes a falsy message for a missing one. */
const ignored = (): Record<never, never> => ({});

interface Shape<Request> {
  readonly path: string;
  readonly read: (bytes: Buffer) => Request;
  readonly requestStream?: boolean;
  readonly responseStream?: boolean;
}

/** Requests are decoded by our own codecs; answers come encoded. The server never encodes a request or decodes an answer. */
const method = <Request>({ path, read, requestStream = false, responseStream = false }: Shape<Request>): MethodDefinition<Request, Buffer> => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: () => Buffer.alloc(0),
  requestDeserialize: read,
  responseSerialize: bytes,
  responseDeserialize: bytes,
});

const STREAMS = 'event_store.client.streams.Streams';
const FEATURES = 'event_store.client.server_features.ServerFeatures';
const HEALTH = 'grpc.health.v1.Health';

export const streamsService = {
  read: method<ReadRequest>({ path: `/${STREAMS}/Read`, read: readReadRequest, responseStream: true }),
  append: method<AppendMessage>({ path: `/${STREAMS}/Append`, read: readAppend, requestStream: true }),
  batchAppend: method<BatchAppendChunk>({ path: `/${STREAMS}/BatchAppend`, read: readBatchAppend, requestStream: true, responseStream: true }),
} satisfies ServiceDefinition;

export const featuresService = {
  getSupportedMethods: method({ path: `/${FEATURES}/GetSupportedMethods`, read: ignored }),
} satisfies ServiceDefinition;

export const healthService = {
  check: method({ path: `/${HEALTH}/Check`, read: ignored }),
} satisfies ServiceDefinition;

/** What the server answers to the question which methods it has: service, method and features of each. */
export const supportedMethods: readonly (readonly [service: string, method: string, features: readonly string[]])[] = [
  [STREAMS, 'Read', []],
  [STREAMS, 'Append', []],
  [STREAMS, 'BatchAppend', ['deadline_duration']],
  [FEATURES, 'GetSupportedMethods', []],
];
