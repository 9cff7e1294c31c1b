import type { EventSource } from '../event-source.js';
import type { Connection } from '../postgres/connection.js';
import { beforeFirst } from '../postgres/positions.js';
import { prefixesOf } from '../projection/projection.js';
import { untilAborted } from './abortable.js';
import { applyBatch, applyOrBlame, type Prepare, type Target } from './apply-batch.js';
import type { LiveGroup } from './live-group.js';

export interface CatchUp {
  readonly connection: Connection;
  readonly target: Target;
  readonly live: LiveGroup;
  readonly source: EventSource;
  readonly prepare: Prepare | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly progressed: (events: number) => void;
  readonly sourceFailed: (error: unknown) => void;
}

/** Brings a table near the live ones while those go on. @throws PoisonEvent at the first event that cannot be applied */
export async function approach(work: CatchUp): Promise<void> {
  // What came meanwhile is less from round to round; the rest of about a batch is done while the live ones are held.
  while (await advance(work, work.live.position) > work.batchSize);
}

/** Holds the live tables, brings the target to exactly their position and then does `then`. */
export function meet<T>(work: CatchUp, then: () => Promise<T>): Promise<T> {
  return work.live.hold(async (position) => {
    await advance(work, position);
    return then();
  });
}

/** To the position, or to the end of the log as it is now. Answers how many events that took. */
async function advance({ connection, target, source, prepare, batchSize, signal, progressed, sourceFailed }: CatchUp, until: bigint | undefined): Promise<number> {
  let count = 0;
  if (until !== undefined && until <= target.position) return count;
  const after = target.position === beforeFirst ? undefined : target.position;
  const batches = source.readAll({ prefixes: prefixesOf([target.projection]), after, until, batchSize });
  for await (const batch of untilAborted(batches, signal, sourceFailed)) {
    const applied = await applyOrBlame(connection, [target], batch, prepare);
    count += applied;
    progressed(applied);
  }
  signal.throwIfAborted();
  if (until !== undefined) await applyBatch(connection, [target], { events: [], position: until, caughtUp: true });
  return count;
}
