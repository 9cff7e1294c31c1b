import type { LogRecord } from './record.js';
import type { Direction, Portion, Storage } from './storage.js';

const RECENT_BYTES = 32 * 1024 * 1024;
const RECENT_RECORDS = 32_768;

/** The storage with its newest records kept in memory, and word to those who wait for more. */
export class EventLog {
  private readonly recent: LogRecord[] = [];
  private recentStart = 0;
  private recentBytes = 0;
  private readonly waitingForAny = new Set<() => void>();
  private readonly waitingForStream = new Map<string, Set<() => void>>();
  private position: number;

  constructor(private readonly storage: Storage) {
    this.position = storage.last()?.position ?? 0;
  }

  /** The position of the last durable record; 0 in an empty log. */
  get lastPosition(): number {
    return this.position;
  }

  async commit(records: readonly LogRecord[]): Promise<void> {
    await this.storage.commit(records);
    for (const record of records) {
      this.recent.push(record);
      this.recentBytes += record.value.length;
      this.position = record.position;
    }
    this.forgetOld();
    this.wake(records);
  }

  readLog(from: number, direction: Direction, portion: Portion): LogRecord[] {
    if (direction === 'backwards') return this.storage.readLog(from, direction, portion);
    const oldest = this.recent[this.recentStart]?.position;
    if (oldest === undefined || from < oldest) return this.storage.readLog(from, direction, portion);
    const first = this.recentStart + from - oldest;
    const records: LogRecord[] = [];
    let bytes = 0;
    for (let at = first; at < this.recent.length && records.length < portion.records && bytes < portion.bytes; at += 1) {
      const record = this.recent[at] as LogRecord;
      records.push(record);
      bytes += record.value.length;
    }
    return records;
  }

  readStream(stream: string, from: number, direction: Direction, portion: Portion): LogRecord[] {
    return this.storage.readStream(stream, from, direction, portion);
  }

  lastRevision(stream: string): number {
    return this.storage.lastRevision(stream);
  }

  /** Calls `wake` after every commit, or after those with events of one stream, until the returned function is called. */
  onCommit(wake: () => void, stream?: string): () => void {
    if (stream === undefined) {
      this.waitingForAny.add(wake);
      return () => this.waitingForAny.delete(wake);
    }
    const waiting = this.waitingForStream.get(stream) ?? new Set();
    waiting.add(wake);
    this.waitingForStream.set(stream, waiting);
    return () => {
      waiting.delete(wake);
      if (waiting.size === 0 && this.waitingForStream.get(stream) === waiting) this.waitingForStream.delete(stream);
    };
  }

  private wake(records: readonly LogRecord[]): void {
    for (const wake of [...this.waitingForAny]) wake();
    if (this.waitingForStream.size === 0) return;
    for (const stream of new Set(records.map((record) => record.stream))) {
      for (const wake of [...(this.waitingForStream.get(stream) ?? [])]) wake();
    }
  }

  private forgetOld(): void {
    while (this.recent.length - this.recentStart > RECENT_RECORDS || this.recentBytes > RECENT_BYTES) {
      const forgotten = this.recent[this.recentStart];
      if (forgotten === undefined) break;
      forgotten.wire = undefined;
      this.recentBytes -= forgotten.value.length;
      this.recentStart += 1;
    }
    if (this.recentStart > RECENT_RECORDS) {
      this.recent.splice(0, this.recentStart);
      this.recentStart = 0;
    }
  }
}
