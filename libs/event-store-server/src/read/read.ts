import type { LogRecord } from '../log/record.js';
import type { Cursor } from './cursor.js';
import type { Filter } from './filter.js';
import type { Outlet } from './outlet.js';

const PORTION = 128;
const PORTIONS_A_TURN = 8;

export interface ReadOptions {
  readonly cursor: Cursor;
  readonly count: bigint;
  readonly filter: Filter | undefined;
  readonly encode: (record: LogRecord) => Buffer;
}

/** Sends up to `count` events, and ends at the end it meets. */
export class Read {
  private remaining: bigint;

  constructor(
    private readonly outlet: Outlet,
    private readonly options: ReadOptions,
  ) {
    this.remaining = options.count;
  }

  /**
   * To be called to begin and whenever the outlet is ready again. Returns true when it wants to be called in a later turn of the event
   * loop, so that a long read does not keep others waiting. Throws what the log throws.
   */
  pump(): boolean {
    for (let portion = 0; portion < PORTIONS_A_TURN && this.outlet.ready; portion += 1) {
      const records = this.remaining === 0n ? [] : this.options.cursor.next(this.limit());
      if (records.length === 0) {
        this.outlet.end();
        return false;
      }
      this.outlet.send(this.select(records));
    }
    return this.outlet.ready;
  }

  private limit(): number {
    return this.options.filter === undefined && this.remaining < BigInt(PORTION) ? Number(this.remaining) : PORTION;
  }

  private select(records: readonly LogRecord[]): readonly Buffer[] {
    const { filter, encode } = this.options;
    const messages: Buffer[] = [];
    for (const record of records) {
      if (this.remaining === 0n) break;
      if (filter && !filter(record)) continue;
      this.remaining -= 1n;
      messages.push(encode(record));
    }
    return messages;
  }
}
