import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Ends at the signal even while the source waits for events. What is delivered is delivered in order, one by one, and
 * the next is asked for while one is worked on, so that reading and writing overlap.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal, failed: (error: unknown) => void): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const next = iterator.next();
    // It is awaited later, and its failure thrown then; after the end nobody awaits it.
    next.catch((error: unknown) => { if (signal.aborted) failed(error); });
    return next;
  };
  try {
    let next = ask();
    while (!signal.aborted) {
      const result = await unlessAborted(next, signal);
      if (!result || result.done) return;
      next = ask();
      yield result.value;
    }
  } finally {
    // A generator that waits answers `return` only with its next event: nobody waits for that.
    void iterator.return?.().then(undefined, failed);
  }
}

/**
 * Undefined when the signal comes first. A listener for each call, taken off again: racing every batch against one
 * promise that lasts would keep every batch as long as that promise.
 */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    const settle = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop, { once: true });
    work.then((value) => { settle(); resolve(value); }, (error: unknown) => { settle(); reject(error as Error); });
  });
}
