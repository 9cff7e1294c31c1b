import type { EventLog } from '../log/event-log.js';
import type { LogRecord } from '../log/record.js';
import type { Direction } from '../log/storage.js';
import type { From, ReadRequest } from '../wire/read-request.js';

const PORTION_BYTES = 256 * 1024;

/** Walks through the log or a stream; after an empty answer a forward cursor may be asked again later. */
export interface Cursor {
  next(limit: number): readonly LogRecord[];
}

/** Reads include the place they start from (only `$all` backwards does not), subscriptions start after it. */
export const openCursor = (log: EventLog, { source, direction, mode }: ReadRequest): Cursor => {
  const after = mode.kind === 'subscription' ? 1 : 0;
  if (source.kind === 'stream') {
    const end = direction === 'forwards' ? log.lastRevision(source.stream) + 1 : Number.MAX_SAFE_INTEGER;
    return new StreamCursor(log, source.stream, startingPoint(source.from, { start: 0, end, after }), direction);
  }
  const end = direction === 'forwards' ? log.lastPosition + 1 : Number.MAX_SAFE_INTEGER;
  const before = direction === 'backwards' ? -1 : after;
  return new AllCursor(log, startingPoint(source.from, { start: direction === 'forwards' ? 1 : 0, end, after: before }), direction);
};

const startingPoint = (from: From, { start, end, after }: { start: number; end: number; after: number }): number => {
  if (from.kind === 'start') return start;
  if (from.kind === 'end') return end;
  // Beyond 2^53 is beyond every end, so that the clamped number means the same.
  return from.at > BigInt(Number.MAX_SAFE_INTEGER) - 1n ? Number.MAX_SAFE_INTEGER : Number(from.at) + after;
};

class AllCursor implements Cursor {
  constructor(
    private readonly log: EventLog,
    private position: number,
    private readonly direction: Direction,
  ) {}

  next(limit: number): readonly LogRecord[] {
    if (this.position < 0) return [];
    const records = this.log.readLog(this.position, this.direction, { records: limit, bytes: PORTION_BYTES });
    const last = records.at(-1);
    if (last) this.position = last.position + (this.direction === 'forwards' ? 1 : -1);
    return records;
  }
}

class StreamCursor implements Cursor {
  constructor(
    private readonly log: EventLog,
    private readonly stream: string,
    private revision: number,
    private readonly direction: Direction,
  ) {}

  next(limit: number): readonly LogRecord[] {
    if (this.revision < 0) return [];
    const records = this.log.readStream(this.stream, this.revision, this.direction, { records: limit, bytes: PORTION_BYTES });
    const last = records.at(-1);
    if (last) this.revision = last.revision + (this.direction === 'forwards' ? 1 : -1);
    return records;
  }
}
