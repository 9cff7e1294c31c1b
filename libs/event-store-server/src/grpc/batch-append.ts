import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { Appender } from '../append/appender.js';
import type { Outcome } from '../append/outcome.js';
import { MalformedMessage } from '../errors.js';
import type { ProposedEvent } from '../log/record.js';
import type { AppendOptions, BatchAppendChunk } from '../wire/append-request.js';
import { batchAppendResponse } from '../wire/append-response.js';
import { Cancelled, failure, failureOf } from './failure.js';
import type { OpenCalls } from './open-calls.js';

/** Answers outstanding on one call before its requests are left waiting in the connection. */
const OUTSTANDING_AT_MOST = 4_096;

export interface AppendService {
  readonly appender: Appender;
  readonly maximumAppendBytes: number;
  readonly openCalls: OpenCalls;
}

/** An append of which chunks are still to come. */
interface Unfinished {
  readonly options: AppendOptions | undefined;
  readonly events: ProposedEvent[];
  bytes: number;
  refusal: Outcome | undefined;
}

/** Serves one BatchAppend call: every correlation id is answered exactly once, after its last chunk. */
export const serveBatchAppend = (
  call: ServerDuplexStream<BatchAppendChunk, Buffer>,
  { appender, maximumAppendBytes, openCalls }: AppendService,
): void => {
  const unfinished = new Map<string, Unfinished>();
  let outstanding = 0;
  let whenAnswered: (() => void) | undefined;

  /** Nothing more is taken up; the call ends when what was taken up has been answered. */
  const endAfterAnswers = (end: () => void): void => {
    whenAnswered = end;
    if (outstanding === 0) end();
  };
  const forget = openCalls.add(() => {
    call.pause();
    endAfterAnswers(() => call.emit('error', failureOf(new Cancelled())));
  });
  const answered = (): void => {
    outstanding -= 1;
    if (whenAnswered) endAfterAnswers(whenAnswered);
    else if (call.isPaused() && outstanding < OUTSTANDING_AT_MOST / 2) call.resume();
  };

  const finish = (correlation: Buffer, { options, events, refusal }: Unfinished): void => {
    outstanding += 1;
    if (outstanding === OUTSTANDING_AT_MOST) call.pause();
    const answer = (outcome: Outcome): void => {
      if (call.destroyed) return;
      if (outcome.kind === 'unavailable') {
        // With this status the clients take all their open appends for unanswered, and connect anew.
        call.emit('error', failure(status.UNAVAILABLE, outcome.reason));
        return;
      }
      call.write(batchAppendResponse(correlation, options?.stream ?? '', options?.expected, outcome), answered);
    };
    if (refusal) setImmediate(answer, refusal);
    else if (options) appender.append(options, events, answer);
    else setImmediate(answer, { kind: 'malformed', reason: 'an append without options' });
  };

  call.on('data', ({ correlation, options, events, isFinal }: BatchAppendChunk) => {
    const key = correlation.toString('latin1');
    const append = unfinished.get(key) ?? begin(options);
    add(append, events, maximumAppendBytes);
    if (!isFinal) {
      unfinished.set(key, append);
      return;
    }
    unfinished.delete(key);
    finish(correlation, append);
  });
  call.on('end', () => endAfterAnswers(() => call.end()));
  call.on('cancelled', () => {
    forget();
    unfinished.clear();
  });
};

const begin = (options: BatchAppendChunk['options']): Unfinished => {
  const malformed = options instanceof MalformedMessage;
  const refusal: Outcome | undefined = malformed ? { kind: 'malformed', reason: options.message } : undefined;
  return { options: malformed ? undefined : options, events: [], bytes: 0, refusal };
};

/** A refused append keeps nothing of what still comes. */
const add = (append: Unfinished, events: BatchAppendChunk['events'], limit: number): void => {
  if (append.refusal) return;
  if (events instanceof MalformedMessage) append.refusal = { kind: 'malformed', reason: events.message };
  else {
    for (const event of events) append.bytes += event.data.length;
    if (append.bytes > limit) append.refusal = { kind: 'too-large', limit };
    else for (const event of events) append.events.push(event);
  }
  if (append.refusal) append.events.length = 0;
};
