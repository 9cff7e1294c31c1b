import { randomUUID } from 'node:crypto';
import { BACKWARDS, END, EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type { Recorded } from '@atrium/kernel';
import { createCodec, type Codec } from './codec.js';
import { DeadlinePassed, takeAll, withinDeadline } from './deadline.js';
import { AppendCalls } from './driver-calls.js';
import { unavailable } from './driver-errors.js';
import { subscribeInBatches } from './subscribe.js';
import type { Upcasts } from './upcast.js';
import type { Proposal } from './wire/batch-append.js';
import { encodeSubscribeToAll } from './wire/read.js';

export interface EventStoreOptions {
  /** `esdb://host:port?tls=false`, or a cluster's connection string. */
  readonly url: string;
  readonly upcasts?: Upcasts;
  /** After this long an append or the read of a stream counts as unanswered. Milliseconds. */
  readonly deadlineMs?: number;
}

/**
 * A stretch of the log. Everything up to and including `position` has been delivered, whether or not it matched;
 * it grows from batch to batch, but for one without events that says `caughtUp`: the end of the log was met.
 */
export interface LogBatch {
  readonly events: readonly Recorded[];
  readonly position: bigint;
  readonly caughtUp: boolean;
}

export interface LogRange {
  /** Stream name prefixes such as `complaint-`; all are OR'ed. */
  readonly prefixes: readonly string[];
  /** Exclusive; from the beginning when absent. */
  readonly after?: bigint | undefined;
  readonly batchSize?: number;
}

/** The log, over one connection. */
export class EventStore {
  private readonly appends: AppendCalls;

  private constructor(
    /** @internal */ readonly client: EventStoreDBClient,
    /** @internal */ readonly codec: Codec,
    /** @internal */ readonly deadlineMs: number,
  ) {
    this.appends = new AppendCalls(client);
  }

  static connect({ url, upcasts = {}, deadlineMs = 5_000 }: EventStoreOptions): EventStore {
    return new EventStore(EventStoreDBClient.connectionString(url), createCodec(upcasts), deadlineMs);
  }

  /**
   * Appends all or nothing behind `revision` (undefined: the stream must not exist yet), and answers the position of
   * the last event. Resending the same events there changes nothing.
   * @throws the driver's errors: WrongExpectedVersion, and what `outcomeIsUnknown` recognises.
   */
  async append(stream: string, proposals: readonly Proposal[], revision: bigint | undefined): Promise<bigint> {
    const correlationId = randomUUID();
    try {
      return await withinDeadline(this.send(correlationId, stream, proposals, revision), this.deadlineMs * 1.5);
    } finally {
      this.appends.forget(correlationId);
    }
  }

  private async send(correlationId: string, stream: string, proposals: readonly Proposal[], revision: bigint | undefined): Promise<bigint> {
    if (!await this.appends.isSupported()) return this.sendByDriver(stream, proposals, revision);
    return this.appends.append({ correlationId, stream, revision, deadlineMs: Date.now() + this.deadlineMs, proposals });
  }

  /** For servers that know only the older call. */
  private async sendByDriver(stream: string, proposals: readonly Proposal[], revision: bigint | undefined): Promise<bigint> {
    const events = proposals.map(({ id, type, data, metadata }) => jsonEvent({ id, type, data: data as Record<string, never>, metadata: metadata as Record<string, never> }));
    const { position } = await this.client.appendToStream(stream, events, { expectedRevision: revision ?? NO_STREAM, deadline: this.deadlineMs });
    if (!position) throw new Error('The event store acknowledged an append without its position');
    return position.commit;
  }

  /** From `after` on, then live, until the signal or an error ends it; the caller takes it up again from its position. */
  subscribe(range: LogRange & { readonly signal?: AbortSignal }): AsyncIterable<LogBatch> {
    const { signal, batchSize = 500 } = range;
    return subscribeInBatches({
      client: this.client,
      request: encodeSubscribeToAll({ prefixes: range.prefixes, after: range.after === undefined || range.after < 0n ? undefined : range.after, window: 32, checkpointInterval: 16 }),
      codec: this.codec,
      after: range.after,
      batchSize,
      signal,
    });
  }

  /** From `after` to `until` (inclusive) or the end of the log met. */
  async *readAll({ prefixes, after, until, batchSize = 1_000 }: LogRange & { readonly until?: bigint | undefined }): AsyncGenerator<LogBatch> {
    const end = until ?? await this.lastPosition();
    if (end === undefined || (after !== undefined && after >= end)) return;
    for await (const batch of this.subscribe({ prefixes, after, batchSize })) {
      if (batch.position >= end) {
        yield { events: batch.events.filter((event) => event.position <= end), position: end, caughtUp: true };
        return;
      }
      // Nothing that matches lies between here and the end.
      if (batch.caughtUp) {
        yield { ...batch, position: end };
        return;
      }
      yield batch;
    }
  }

  /** The position of the last event of the whole log; undefined when it is empty. @throws EventStoreUnavailable */
  async lastPosition(): Promise<bigint | undefined> {
    try {
      let last: bigint | undefined;
      const newest = this.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
      await takeAll(newest, this.deadlineMs, ({ event }) => { last = event?.position?.commit; });
      return last;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Ends open calls; one that a server no longer answers is left to the end of the process. */
  async dispose(): Promise<void> {
    await withinDeadline(this.client.dispose(), this.deadlineMs).catch((error: unknown) => { if (!(error instanceof DeadlinePassed)) throw error; });
  }
}

/** `ok`, or why the log does not answer. Never throws; for health routes. */
export async function connectionState(store: EventStore, timeoutMs = 2_000): Promise<'ok' | string> {
  try {
    await withinDeadline(store.lastPosition(), timeoutMs);
    return 'ok';
  } catch (error) {
    return (error as Error).message;
  }
}
