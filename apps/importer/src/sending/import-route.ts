import { z } from 'zod';
import { OperatorError, reasonOf } from '../operator-error.js';
import type { Endpoint } from '../system/endpoint.js';
import { checkedAnswer, Unanswered } from './answers.js';
import type { Batch } from './batches.js';
import { jsonLines } from './json-lines.js';

const rowResult = z.object({
  key: z.string().nullable(),
  row: z.int().nonnegative(),
  outcome: z.enum(['accepted', 'repeated', 'refused']),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const endLine = z.object({ end: z.literal(true), position: z.string().optional() });

/** What the system said about one row; `row` counts from 0 within the request. */
export type RowResult = Readonly<z.infer<typeof rowResult>>;

export interface BatchAnswer {
  /** One for each row of the batch, in its order. */
  readonly results: readonly RowResult[];
  /** Of the highest position among the rows; absent when there is none. */
  readonly token?: string;
}

/** A system that sends nothing for so long counts as gone. */
const silenceMs = 60_000;

/**
 * One `POST /api/tickets/import`. Resolves only when every row has its result and the end line came; `onResult` sees
 * the results also of an answer that breaks off later.
 * @throws Unanswered when the request may be sent again, as its keys make harmless; OperatorError when it may not;
 * the signal's reason when that cut it.
 */
export async function postBatch(endpoint: Endpoint, batch: Batch, signal: AbortSignal, onResult: (result: RowResult) => void): Promise<BatchAnswer> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Unanswered(`no sign of life for ${silenceMs / 1000} s`)), silenceMs);
  try {
    const response = await fetch(new URL('/api/tickets/import', await endpoint.url()), {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/x-ndjson' },
      body: batch.rows.map((row) => `${row.json}\n`).join(''),
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const { body } = await checkedAnswer(response);
    const results: RowResult[] = [];
    for await (const line of jsonLines(body ?? [])) {
      timer.refresh();
      const end = isEnd(line) ? endLine.safeParse(line) : undefined;
      if (end?.success) return complete(batch, results, end.data.position);
      const result = rowResult.safeParse(line);
      if (!result.success || result.data.key !== batch.rows[results.length]?.key || result.data.row !== results.length) throw otherProtocol();
      results.push(result.data);
      onResult(result.data);
    }
    throw new Unanswered(`the answer broke off after ${results.length} of ${batch.rows.length} rows`);
  } catch (error) {
    if (error instanceof OperatorError || error instanceof Unanswered) throw error;
    signal.throwIfAborted();
    throw new Unanswered(reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Told by a look, because what a schema refuses costs it an error. */
const isEnd = (line: unknown): boolean => typeof line === 'object' && line !== null && 'end' in line;

function complete(batch: Batch, results: readonly RowResult[], token: string | undefined): BatchAnswer {
  if (results.length !== batch.rows.length) throw otherProtocol();
  return { results, ...(token === undefined ? {} : { token }) };
}

const otherProtocol = (): OperatorError =>
  new OperatorError('The system answered otherwise than this importer expects; are they of the same version?');
