import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Recorded } from '@atrium/kernel';
import type { Codec } from './codec.js';
import { openRead, toDriverError } from './driver-calls.js';
import { unavailable } from './driver-errors.js';
import type { LogBatch } from './event-store.js';
import type { ReadAnswer } from './wire/read.js';

interface BatchSubscription {
  readonly client: EventStoreDBClient;
  readonly request: Buffer;
  readonly codec: Codec;
  readonly after: bigint | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
}

/** Batches that may lie in memory, read ahead while the caller is busy. */
const BATCHES_AHEAD = 2;

/** Reads what has arrived, as one batch, without lingering. The server is paused while the caller is busy. */
export async function* subscribeInBatches({ client, request, codec, after, batchSize, signal }: BatchSubscription): AsyncGenerator<LogBatch> {
  let answers: ReadAnswer[] = [];
  let next = 0;
  let failure: unknown;
  let ended = false;
  let wake: () => void = () => undefined;
  const call = await openRead(client, request).catch((error: unknown) => { throw unavailable(error); });
  call
    .on('data', (answer: ReadAnswer) => {
      answers.push(answer);
      if (answers.length - next >= BATCHES_AHEAD * batchSize) call.pause();
      wake();
    })
    .on('error', (error: Error) => { failure ??= toDriverError(error); wake(); })
    .on('end', () => { ended = true; wake(); })
    .on('close', () => { ended = true; wake(); });
  const abort = () => { ended = true; wake(); };
  signal?.addEventListener('abort', abort, { once: true });

  let delivered = after ?? -1n;
  let hasMetEnd = false;
  let reportedCaughtUp = false;
  try {
    for (;;) {
      if (signal?.aborted) return;
      const events: Recorded[] = [];
      let position = delivered;
      for (; events.length < batchSize && next < answers.length; next += 1) {
        const answer = answers[next] as ReadAnswer;
        if (answer.kind === 'event') {
          const event = codec.decode(answer.event);
          position = answer.event.position ?? position;
          if (event) events.push(event);
        } else if (answer.kind === 'checkpoint') {
          if (answer.position > position) position = answer.position;
        } else if (answer.kind === 'caught-up') hasMetEnd = true;
      }
      if (next === answers.length) [answers, next] = [[], 0];
      if (answers.length - next < batchSize && call.isPaused()) call.resume();
      const isCaughtUp = hasMetEnd && answers.length === 0;
      if (position > delivered || (isCaughtUp && !reportedCaughtUp)) {
        delivered = position;
        reportedCaughtUp = isCaughtUp;
        yield { events, position, caughtUp: isCaughtUp };
        continue;
      }
      if (failure !== undefined) throw unavailable(failure);
      if (ended) return;
      // In a later turn of the event loop, when all that came in together is there.
      await new Promise<void>((resolve) => { wake = () => { wake = () => undefined; setImmediate(resolve); }; });
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    wake = () => undefined;
    call.removeAllListeners('data').on('error', () => undefined).resume();
    call.cancel();
  }
}
