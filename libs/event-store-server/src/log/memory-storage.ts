import type { LogRecord } from './record.js';
import type { Direction, Portion, Storage } from './storage.js';

/** A log that lives as long as the process: for measurements and specs. */
export class MemoryStorage implements Storage {
  private readonly log: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();

  last(): LogRecord | undefined {
    return this.log.at(-1);
  }

  async commit(records: readonly LogRecord[]): Promise<void> {
    for (const record of records) {
      this.log.push(record);
      const stream = this.streams.get(record.stream);
      if (stream) stream.push(record);
      else this.streams.set(record.stream, [record]);
    }
  }

  readLog(from: number, direction: Direction, portion: Portion): LogRecord[] {
    return take(this.log, from - 1, direction, portion);
  }

  readStream(stream: string, from: number, direction: Direction, portion: Portion): LogRecord[] {
    return take(this.streams.get(stream) ?? [], from, direction, portion);
  }

  lastRevision(stream: string): number {
    return (this.streams.get(stream)?.length ?? 0) - 1;
  }
}

const take = (records: readonly LogRecord[], from: number, direction: Direction, portion: Portion): LogRecord[] => {
  const taken: LogRecord[] = [];
  const step = direction === 'forwards' ? 1 : -1;
  let bytes = 0;
  let at = step === 1 ? Math.max(from, 0) : Math.min(from, records.length - 1);
  for (; taken.length < portion.records && bytes < portion.bytes; at += step) {
    const record = records[at];
    if (record === undefined) break;
    taken.push(record);
    bytes += record.value.length;
  }
  return taken;
};
