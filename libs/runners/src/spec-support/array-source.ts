import type { Event, Recorded } from '@atrium/kernel';
import type { EventSource, SourceBatch, SourceRange } from '../event-source.js';

export interface Delivery {
  /** Events in a batch, at most. */
  readonly batchSize?: number;
  /** Every batch again after the next one, and every event twice within its batch, in falling order. */
  readonly repeating?: boolean;
}

/** A log in memory with the deliveries a real one may make. Positions leave gaps, as real ones do. */
export class ArraySource implements EventSource {
  readonly #events: Recorded[] = [];
  readonly #delivery: Delivery;
  #wake = new Set<() => void>();
  #failure: Error | undefined;

  constructor(delivery: Delivery = {}) {
    this.#delivery = delivery;
  }

  get end(): bigint {
    return this.#events.at(-1)?.position ?? -1n;
  }

  append(stream: string, ...events: readonly Event[]): bigint {
    for (const event of events) this.#events.push(recorded(stream, event, BigInt(this.#events.length) * 10n));
    for (const wake of this.#wake) wake();
    return this.end;
  }

  /** Subscriptions and reads throw until `recover`. */
  fail(error: Error): void {
    this.#failure = error;
    for (const wake of this.#wake) wake();
  }

  recover(): void {
    this.#failure = undefined;
  }

  async *subscribe({ signal, ...range }: SourceRange & { readonly signal?: AbortSignal }): AsyncGenerator<SourceBatch> {
    let after = range.after;
    let hasMetEnd = false;
    for (;;) {
      if (this.#failure) throw this.#failure;
      for (const batch of this.#batches(range, after, this.end)) {
        if (signal?.aborted) return;
        yield batch;
        if (after === undefined || batch.position > after) after = batch.position;
      }
      if (!hasMetEnd && (after ?? -1n) >= this.end) yield { events: [], position: after ?? -1n, caughtUp: true };
      hasMetEnd = true;
      await new Promise<void>((resolve) => {
        if (signal?.aborted || this.#failure || this.end > (after ?? -1n)) return resolve();
        const wake = () => { this.#wake.delete(wake); signal?.removeEventListener('abort', wake); resolve(); };
        this.#wake.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
      if (signal?.aborted) return;
    }
  }

  async *readAll({ until, ...range }: SourceRange & { readonly until?: bigint | undefined }): AsyncGenerator<SourceBatch> {
    for (const batch of this.#batches(range, range.after, until ?? this.end)) {
      if (this.#failure) throw this.#failure;
      yield batch;
    }
  }

  *#batches({ prefixes, batchSize = 500 }: SourceRange, after: bigint | undefined, until: bigint): Generator<SourceBatch> {
    const size = Math.min(batchSize, this.#delivery.batchSize ?? batchSize);
    const events = this.#events.filter(({ position, stream }) =>
      position > (after ?? -1n) && position <= until && prefixes.some((prefix) => stream.startsWith(prefix)));
    let previous: SourceBatch | undefined;
    for (let from = 0; from < events.length; from += size) {
      const slice = events.slice(from, from + size);
      const isLast = from + size >= events.length;
      const position = isLast ? until : (slice.at(-1) as Recorded).position;
      const batch: SourceBatch = { events: this.#delivery.repeating ? [...slice, ...slice].reverse() : slice, position, caughtUp: isLast };
      yield batch;
      if (previous && this.#delivery.repeating) yield previous;
      previous = batch;
    }
    if (events.length === 0 && until > (after ?? -1n)) yield { events: [], position: until, caughtUp: true };
  }
}

const recorded = (stream: string, event: Event, position: bigint): Recorded => ({
  ...event, id: `event-${position}`, stream, revision: position, position,
  metadata: {
    commandId: 'c', requestHash: 'h', correlationId: 'c', actor: { id: 'a', role: 'agent' }, mallId: 'main',
    occurredAt: event.occurredAt, recordedAt: event.occurredAt, schemaVersion: 1,
  },
});
