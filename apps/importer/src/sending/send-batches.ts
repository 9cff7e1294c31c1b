import type { Tally } from '../importing/tally.js';
import type { Reject } from '../report/rejects-file.js';
import type { Endpoint } from '../system/endpoint.js';
import type { Batch } from './batches.js';
import { postBatch, type BatchAnswer, type RowResult } from './import-route.js';
import { untilAnswered, type Patience } from './retry.js';

export interface Sending {
  readonly endpoint: Endpoint;
  /** Requests in flight at most; each holds one batch. */
  readonly inFlight: number;
  readonly patience: Patience;
  readonly tally: Tally;
  readonly reject: (rejects: readonly Reject[]) => Promise<void>;
  readonly onTrouble: (reason: string) => void;
  /** No further batch is taken and no pause sat out; requests that are under way may finish. */
  readonly stop: AbortSignal;
  /** Requests that are under way are cut. */
  readonly cut: AbortSignal;
}

/**
 * Sends all batches, several at a time, and counts their rows. A batch is taken from `batches` only when a request is
 * free for it. The first error ends the run, after the requests under way have been answered.
 */
export async function sendBatches(batches: AsyncGenerator<Batch>, sending: Sending): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([sending.stop, failed.signal]);
  const worker = async (): Promise<void> => {
    try {
      for (;;) {
        stop.throwIfAborted();
        const next = await batches.next();
        if (next.done === true) return;
        await settle(next.value, await answered(next.value, sending, stop), sending);
      }
    } catch (error) {
      failed.abort(error);
    }
  };
  await Promise.all(Array.from({ length: sending.inFlight }, worker));
  await batches.return(undefined);
  stop.throwIfAborted();
}

/**
 * A batch whose answer broke off goes again as a whole. A row that an earlier answer called accepted stays so, though
 * the system now calls it repeated.
 */
async function answered(batch: Batch, { endpoint, patience, onTrouble, cut }: Sending, stop: AbortSignal): Promise<BatchAnswer> {
  const accepted = new Set<number>();
  const attempt = async (): Promise<BatchAnswer> =>
    postBatch(endpoint, batch, cut, (result) => result.outcome === 'accepted' && accepted.add(result.row));
  const { results, ...rest } = await untilAnswered(attempt, patience, stop, onTrouble);
  return { ...rest, results: results.map((result) => (accepted.has(result.row) ? { ...result, outcome: 'accepted' } : result)) };
}

async function settle(batch: Batch, { results, token }: BatchAnswer, { tally, reject }: Sending): Promise<void> {
  const count = (outcome: RowResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  tally.accepted += count('accepted');
  tally.duplicates += count('repeated');
  if (token !== undefined) tally.reached(token);
  await reject(batch.rows.flatMap((row, index) => (results[index]?.outcome === 'refused' ? [rejectOf(row, results[index])] : [])));
}

function rejectOf({ line, key }: Batch['rows'][number], { code = 'refused', detail = '', errors = [] }: RowResult): Reject {
  const faults = errors.map(({ path, message }) => `${path}: ${message}`);
  return { line, key, code, detail: [detail, ...faults].filter((part) => part !== '').join('; ') };
}
