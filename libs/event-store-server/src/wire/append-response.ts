import { status } from '@grpc/grpc-js';
import type { Expected } from './append-request.js';
import type { Outcome } from '../append/outcome.js';
import { WireWriter } from './writer.js';

/** Unavailability ends the call instead. */
type AnsweredOutcome = Exclude<Outcome, { kind: 'unavailable' }>;

const PACKAGE = 'type.googleapis.com/event_store.client.';

/** The answer to one correlation of BatchAppend. */
export const batchAppendResponse = (correlation: Buffer, stream: string, expected: Expected | undefined, outcome: AnsweredOutcome): Buffer => {
  const response = new WireWriter().bytes(1, correlation);
  if (outcome.kind === 'appended') response.message(3, success(outcome));
  else response.message(2, failure(stream, expected, outcome));
  response.message(4, streamIdentifier(stream));
  if (expected) writeExpected(response, expected, { exact: 5, 'no-stream': 6, any: 7, 'stream-exists': 8 });
  return response.finish();
};

/** The answer to a classic append that was accepted, or that met another revision than expected: both are messages with status OK. */
export const appendResponse = (expected: Expected, outcome: Outcome & { kind: 'appended' | 'wrong-expected-revision' }): Buffer => {
  if (outcome.kind === 'appended') return new WireWriter().message(1, success(outcome)).finish();
  const refused = new WireWriter();
  if (outcome.current === -1) refused.empty(7);
  else refused.uint(6, outcome.current);
  writeExpected(refused, expected, { exact: 8, any: 9, 'stream-exists': 10, 'no-stream': 11 });
  return new WireWriter().message(2, refused).finish();
};

const success = ({ revision, position }: Outcome & { kind: 'appended' }): WireWriter => {
  const answer = new WireWriter();
  if (revision === -1) answer.empty(2);
  else answer.uint(1, revision);
  return position === undefined ? answer.empty(4) : answer.message(3, new WireWriter().uint(1, position).uint(2, position));
};

const failure = (stream: string, expected: Expected | undefined, outcome: Exclude<AnsweredOutcome, { kind: 'appended' }>): WireWriter => {
  switch (outcome.kind) {
    case 'wrong-expected-revision': {
      const details = new WireWriter();
      if (outcome.current === -1) details.empty(2);
      else details.uint(1, outcome.current);
      if (expected) writeExpected(details, expected, { exact: 3, any: 4, 'stream-exists': 5, 'no-stream': 6 });
      return rpcStatus(status.FAILED_PRECONDITION, 'the stream is at another revision than expected', 'WrongExpectedVersion', details);
    }
    case 'timeout':
      return rpcStatus(status.DEADLINE_EXCEEDED, 'the deadline of the append has passed', 'Timeout', new WireWriter());
    case 'too-large': {
      const details = new WireWriter().uint(1, outcome.limit);
      return rpcStatus(status.INVALID_ARGUMENT, `an append may carry ${outcome.limit} bytes of data`, 'MaximumAppendSizeExceeded', details);
    }
    case 'access-denied':
      return rpcStatus(status.PERMISSION_DENIED, `the stream ${stream} cannot be written`, 'AccessDenied', new WireWriter());
    case 'malformed':
      return rpcStatus(status.INVALID_ARGUMENT, outcome.reason, 'BadRequest', new WireWriter().string(1, outcome.reason));
    case 'failed':
      return rpcStatus(status.DATA_LOSS, outcome.reason, 'Unknown', new WireWriter());
  }
};

const rpcStatus = (code: status, message: string, detailType: string, details: WireWriter): WireWriter =>
  new WireWriter()
    .uint(1, code)
    .string(2, message)
    .message(3, new WireWriter().string(1, PACKAGE + detailType).message(2, details));

const streamIdentifier = (stream: string): WireWriter => new WireWriter().string(3, stream);

const writeExpected = (target: WireWriter, expected: Expected, fields: Readonly<Record<Expected['kind'], number>>): void => {
  const field = fields[expected.kind];
  if (expected.kind === 'exact') target.uint(field, expected.revision);
  else target.empty(field);
};
