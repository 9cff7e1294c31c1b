import { status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import type { Outcome } from '../append/outcome.js';
import { MalformedMessage } from '../errors.js';
import type { ProposedEvent } from '../log/record.js';
import type { AppendMessage, AppendOptions } from '../wire/append-request.js';
import { appendResponse } from '../wire/append-response.js';
import type { AppendService } from './batch-append.js';
import { failure, failureOf, trailers } from './failure.js';

/** Serves one classic append: the options, then a message an event, then one answer. */
export const serveAppend = (
  call: ServerReadableStream<AppendMessage, Buffer>,
  answer: sendUnaryData<Buffer>,
  { appender, maximumAppendBytes }: AppendService,
): void => {
  let options: AppendOptions | undefined;
  let events: ProposedEvent[] = [];
  let bytes = 0;
  call.on('data', (message: AppendMessage) => {
    if ('options' in message) {
      options = message.options;
      return;
    }
    bytes += message.event.data.length;
    if (bytes <= maximumAppendBytes) events.push(message.event);
    else events = [];
  });
  call.on('end', () => {
    if (!options) {
      answer(failureOf(new MalformedMessage('an append without options')));
      return;
    }
    const { stream, expected } = options;
    const finish = (outcome: Outcome): void => {
      if (call.cancelled) return;
      if (outcome.kind === 'appended' || outcome.kind === 'wrong-expected-revision') answer(null, appendResponse(expected, outcome));
      else answer(refusal(outcome, stream));
    };
    if (bytes > maximumAppendBytes) finish({ kind: 'too-large', limit: maximumAppendBytes });
    else appender.append(options, events, finish);
  });
};

const refusal = (outcome: Exclude<Outcome, { kind: 'appended' | 'wrong-expected-revision' }>, stream: string): ReturnType<typeof failure> => {
  switch (outcome.kind) {
    case 'too-large': {
      const metadata = trailers('maximum-append-size-exceeded', { 'maximum-append-size': String(outcome.limit) });
      return failure(status.INVALID_ARGUMENT, `an append may carry ${outcome.limit} bytes of data`, metadata);
    }
    case 'access-denied':
      return failure(status.PERMISSION_DENIED, `the stream ${stream} cannot be written`, trailers('access-denied'));
    case 'timeout':
      return failure(status.DEADLINE_EXCEEDED, 'the deadline of the append has passed');
    case 'malformed':
      return failure(status.INVALID_ARGUMENT, outcome.reason);
    case 'failed':
      return failure(status.DATA_LOSS, outcome.reason);
    case 'unavailable':
      return failure(status.UNAVAILABLE, outcome.reason);
  }
};
