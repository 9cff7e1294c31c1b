import type { Recorded } from '@atrium/kernel';
import type { EventSource, SourceBatch, SourceRange } from '@atrium/runners';

/** Decoded events from memory, so that a projection is measured without the log. It has no later events. */
export class MemorySource implements EventSource {
  constructor(private readonly events: readonly Recorded[]) {}

  async *subscribe({ signal, ...range }: SourceRange & { readonly signal?: AbortSignal }): AsyncGenerator<SourceBatch> {
    yield* this.batches(range);
    await new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  async *readAll(range: SourceRange): AsyncGenerator<SourceBatch> {
    yield* this.batches(range);
  }

  private *batches({ after = -1n, batchSize = 500 }: SourceRange): Generator<SourceBatch> {
    const first = this.events.findIndex(({ position }) => position > after);
    if (first === -1) return yield { events: [], position: after, caughtUp: true };
    for (let from = first; from < this.events.length; from += batchSize) {
      const events = this.events.slice(from, from + batchSize);
      yield { events, position: (events.at(-1) as Recorded).position, caughtUp: from + batchSize >= this.events.length };
    }
  }
}
