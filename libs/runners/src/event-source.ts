import type { Recorded } from '@atrium/kernel';

/**
 * A stretch of a log. Everything up to and including `position` has been delivered, whether or not it matched; an
 * event may be delivered again, in this batch or a later one. `caughtUp`: the end of the log was met.
 */
export interface SourceBatch {
  readonly events: readonly Recorded[];
  readonly position: bigint;
  readonly caughtUp: boolean;
}

export interface SourceRange {
  /** Stream name prefixes such as `complaint-`; all are OR'ed. */
  readonly prefixes: readonly string[];
  /** Exclusive; from the beginning when absent. */
  readonly after?: bigint | undefined;
  readonly batchSize?: number;
}

/** What a runner needs of a log; `EventStore` of @atrium/event-store is one. */
export interface EventSource {
  /** Answers with a batch, if an empty one, when it first meets the end of the log. Live until the signal aborts; ends or throws when the log is away, and is taken up again from the position. */
  subscribe(range: SourceRange & { readonly signal?: AbortSignal }): AsyncIterable<SourceBatch>;
  /** From `after` to `until` (inclusive), or to the end of the log as it is now. */
  readAll(range: SourceRange & { readonly until?: bigint | undefined }): AsyncIterable<SourceBatch>;
}
