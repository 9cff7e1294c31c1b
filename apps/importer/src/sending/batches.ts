import { isUnusable, type FileRow, type ImportRow, type Source, type Unusable } from '../sources/source.js';
import type { Reject } from '../report/rejects-file.js';
import type { Tally } from '../importing/tally.js';

/** Rows that travel in one request, each already written as its line of NDJSON. */
export interface Batch {
  readonly rows: readonly { readonly line: number; readonly key: string; readonly json: string }[];
}

/** Keeps a request well under the route's 16 MiB, whatever the rows measure. */
const longestBody = 4 * 1024 * 1024;

/**
 * Maps rows and cuts them into batches as they are asked for, so that no more of the file is in memory than is on its
 * way. A row that cannot be mapped goes to `reject`. When the file fails in the middle, what was read is still sent.
 */
export async function* batchesOf(
  source: Source, rows: AsyncIterable<FileRow>, limits: { readonly rows: number; readonly batch: number },
  tally: Tally, reject: (rejects: readonly Reject[]) => Promise<void>,
): AsyncGenerator<Batch> {
  let batch: Batch['rows'][number][] = [];
  let size = 0;
  const cut = (): Batch => {
    const rowsOfBatch = batch;
    [batch, size] = [[], 0];
    return { rows: rowsOfBatch };
  };

  let failure: { readonly error: unknown } | undefined;
  try {
    if (limits.rows > 0) {
      for await (const row of rows) {
        tally.read += 1;
        const mapped = 'problem' in row ? row.problem : source.map(row.fields);
        if (isUnusable(mapped)) {
          await reject([rejectOf(row.line, mapped)]);
        } else {
          const ready = serialised(row.line, mapped);
          if (batch.length > 0 && size + ready.json.length > longestBody) yield cut();
          batch.push(ready);
          size += ready.json.length;
        }
        if (batch.length >= limits.batch) yield cut();
        if (tally.read >= limits.rows) break;
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (batch.length > 0) yield cut();
  if (failure !== undefined) throw failure.error;
}

const serialised = (line: number, row: ImportRow): Batch['rows'][number] => ({ line, key: row.key, json: JSON.stringify(row) });

const rejectOf = (line: number, { unusable, detail, key }: Unusable): Reject => ({ line, code: unusable, detail, ...(key === undefined ? {} : { key }) });
