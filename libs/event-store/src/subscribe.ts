import type { AllStreamSubscription } from '@eventstore/db-client';
import type { Recorded } from '@atrium/kernel';
import type { Codec } from './codec.js';
import { unavailable } from './driver-errors.js';
import type { LogBatch } from './event-store.js';

interface BatchSubscription {
  readonly open: (checkpointReached: (position: bigint) => void) => AllStreamSubscription;
  readonly codec: Codec;
  readonly after: bigint | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads what has arrived, as one batch, without lingering. A server's checkpoint runs ahead of the events still in
 * the driver's buffer, so that it counts only once that buffer is empty. Memory is bounded by the buffer: the
 * stream is paused while the caller is busy.
 */
export async function* subscribeInBatches({ open, codec, after, batchSize, signal }: BatchSubscription): AsyncGenerator<LogBatch> {
  let checkpoint = after ?? -1n;
  let caughtUp = false;
  let failure: unknown;
  let ended = false;
  let wake: () => void = () => undefined;

  const subscription = open((position) => { checkpoint = position; wake(); });
  subscription
    .on('readable', () => wake())
    .on('caughtUp', () => { caughtUp = true; wake(); })
    .on('error', (error: unknown) => { failure = error; wake(); })
    .on('end', () => { ended = true; wake(); })
    .on('close', () => { ended = true; wake(); });
  const abort = () => { ended = true; wake(); };
  signal?.addEventListener('abort', abort, { once: true });

  let delivered = after ?? -1n;
  let reportedCaughtUp = false;
  try {
    for (;;) {
      if (signal?.aborted) return;
      const events: Recorded[] = [];
      let position = delivered;
      while (events.length < batchSize) {
        const resolved = subscription.read() as Parameters<Codec['decode']>[0] | null;
        if (resolved === null) break;
        const event = codec.decode(resolved);
        position = resolved.event?.position?.commit ?? position;
        if (event) events.push(event);
      }
      const drained = subscription.readableLength === 0;
      if (drained && checkpoint > position) position = checkpoint;
      const isCaughtUp = caughtUp && drained;
      if (position > delivered || (isCaughtUp && !reportedCaughtUp)) {
        delivered = position;
        reportedCaughtUp = isCaughtUp;
        yield { events, position, caughtUp: isCaughtUp };
        continue;
      }
      if (failure !== undefined) throw unavailable(failure);
      if (ended) return;
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    subscription.on('error', () => undefined); // Cancelling reports CANCELLED to nobody who would act on it.
    // What is still in the buffers is let go: the call does not end while it waits to be read.
    subscription.removeAllListeners('readable').resume();
    await subscription.unsubscribe();
  }
}
