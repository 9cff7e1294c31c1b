import type { LogRecord } from '../log/record.js';
import { caughtUp, checkpoint, fellBehind } from '../wire/read-response.js';
import type { Cursor } from './cursor.js';
import type { Filter } from './filter.js';
import type { Outlet } from './outlet.js';

const PORTION = 128;
const PORTIONS_A_TURN = 8;
/** A live subscription that has this many events before it has fallen behind. */
const LIVE_BACKLOG = 1_024;

export interface SubscriptionOptions {
  readonly cursor: Cursor;
  readonly filter: Filter | undefined;
  /** Events considered, matching or not, between two checkpoints. */
  readonly checkpointEvery: number;
  readonly encode: (record: LogRecord) => Buffer;
}

/** Sends what the cursor yields, now and later. One loop serves history and the present, so that nothing can fall between them. */
export class Subscription {
  private live = false;
  private backlog = 0;
  private considered = 0;

  constructor(
    private readonly outlet: Outlet,
    private readonly options: SubscriptionOptions,
  ) {}

  /**
   * To be called to begin, after commits, and whenever the outlet is ready again. Returns true when it wants to be called in a later
   * turn of the event loop. Throws what the log throws.
   */
  pump(): boolean {
    for (let portion = 0; portion < PORTIONS_A_TURN && this.outlet.ready; portion += 1) {
      const records = this.options.cursor.next(PORTION);
      if (records.length === 0) {
        this.backlog = 0;
        if (!this.live) this.outlet.send([caughtUp]);
        this.live = true;
        return false;
      }
      this.backlog += records.length;
      const messages = this.select(records);
      if (this.live && this.backlog > LIVE_BACKLOG) {
        this.live = false;
        messages.unshift(fellBehind);
      }
      this.outlet.send(messages);
    }
    return this.outlet.ready;
  }

  private select(records: readonly LogRecord[]): Buffer[] {
    const { filter, encode, checkpointEvery } = this.options;
    const messages: Buffer[] = [];
    for (const record of records) {
      if (!filter) {
        messages.push(encode(record));
        continue;
      }
      if (filter(record)) messages.push(encode(record));
      this.considered += 1;
      if (this.considered === checkpointEvery) {
        this.considered = 0;
        messages.push(checkpoint(record.position));
      }
    }
    return messages;
  }
}
