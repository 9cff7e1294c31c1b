import type { LogRecord } from './record.js';

export type Direction = 'forwards' | 'backwards';

/** How much one read of the storage may bring; at least one record comes if there is one. */
export interface Portion {
  readonly records: number;
  readonly bytes: number;
}

/** Where the log lies. All reads are synchronous and see what was committed. */
export interface Storage {
  /** The record with the highest position. */
  last(): LogRecord | undefined;
  /** Resolves when the records, all or none of them, would survive a power cut. One call at a time. */
  commit(records: readonly LogRecord[]): Promise<void>;
  /** Records from a position on, that one included. */
  readLog(from: number, direction: Direction, portion: Portion): LogRecord[];
  /** Records of a stream from a revision on, that one included. */
  readStream(stream: string, from: number, direction: Direction, portion: Portion): LogRecord[];
  /** The last revision of a stream, or -1 if it has no events. */
  lastRevision(stream: string): number;
}
