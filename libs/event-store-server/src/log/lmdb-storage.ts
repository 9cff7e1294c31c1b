import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { open, type Database, type RootDatabase } from 'lmdb';
import { DamagedLog } from '../errors.js';
import { LogRecord, positionKey, positionOf } from './record.js';
import type { Direction, Portion, Storage } from './storage.js';

const STREAM_KEY_BYTES = 16;
const VERIFIED_AT_ONCE: Portion = { records: 1_024, bytes: 4 * 1024 * 1024 };
const FIRST_KEY = Buffer.alloc(0);
const AFTER_LAST_KEY = Buffer.alloc(9, 0xff);

/**
 * The log in LMDB: `events` by position holds the records, `streams` by (hash of the name, revision) holds positions.
 * Names are hashed because a key is limited to 1,978 bytes and a name is not; the record itself says which stream it is of.
 */
export class LmdbStorage implements Storage {
  private readonly root: RootDatabase;
  private readonly events: Database<Buffer, Buffer>;
  private readonly streams: Database<Buffer, Buffer>;

  constructor(private readonly folder: string) {
    // Without overlapping sync a commit's promise resolves after its data and its meta page were flushed. Without batching by turns of
    // the event loop every promise of a failed commit is one of ours; our groups are batches already.
    this.root = open({ path: folder, noSubdir: false, maxDbs: 4, overlappingSync: false, eventTurnBatching: false });
    this.events = this.root.openDB<Buffer, Buffer>({ name: 'events', keyEncoding: 'binary', encoding: 'binary' });
    this.streams = this.root.openDB<Buffer, Buffer>({ name: 'streams', keyEncoding: 'binary', encoding: 'binary' });
  }

  last(): LogRecord | undefined {
    for (const { key, value } of this.events.getRange({ reverse: true, limit: 1 })) return this.checked(key, value);
    return undefined;
  }

  async commit(records: readonly LogRecord[]): Promise<void> {
    // The writes of a batch share very few promises; each of them must have someone who hears its rejection.
    const written = new Set<Promise<boolean>>();
    const batch = this.root.batch(() => {
      for (const record of records) {
        const key = positionKey(record.position);
        written.add(this.events.put(key, record.value));
        written.add(this.streams.put(streamKey(record.stream, record.revision), key));
      }
    });
    try {
      await Promise.all(written.add(batch));
    } catch (error) {
      // The reason comes as a second rejection, which would end the process if nobody took it.
      await (error as { readonly commitError?: Promise<never> }).commitError;
      throw error;
    }
    this.root.resetReadTxn();
  }

  readLog(from: number, direction: Direction, portion: Portion): LogRecord[] {
    const range =
      direction === 'forwards'
        ? { start: positionKey(Math.max(from, 1)), end: AFTER_LAST_KEY, limit: portion.records }
        : { start: positionKey(Math.max(from, 0)), end: FIRST_KEY, reverse: true, limit: portion.records };
    const records: LogRecord[] = [];
    let next = Math.max(from, 1);
    let bytes = 0;
    for (const { key, value } of this.events.getRange(range)) {
      const record = this.checked(key, value);
      if (direction === 'forwards' && record.position !== next) this.refuse(`position ${next} is missing`);
      if (direction === 'backwards' && record.position !== next && records.length > 0) this.refuse(`position ${next} is missing`);
      next = record.position + (direction === 'forwards' ? 1 : -1);
      records.push(record);
      bytes += value.length;
      if (bytes >= portion.bytes) break;
    }
    return records;
  }

  readStream(stream: string, from: number, direction: Direction, portion: Portion): LogRecord[] {
    const prefix = streamHash(stream);
    const range =
      direction === 'forwards'
        ? { start: streamKey(stream, from), end: Buffer.concat([prefix, AFTER_LAST_KEY]), limit: portion.records }
        : { start: streamKey(stream, from), end: prefix, reverse: true, limit: portion.records };
    const records: LogRecord[] = [];
    let bytes = 0;
    for (const { key, value } of this.streams.getRange(range)) {
      const record = this.recordAt(value, stream, positionOf(key.subarray(STREAM_KEY_BYTES)));
      const before = records.at(-1)?.revision;
      if (before !== undefined && Math.abs(record.revision - before) !== 1) {
        this.refuse(`revision ${Math.min(record.revision, before) + 1} of stream ${JSON.stringify(stream)} is missing`);
      }
      records.push(record);
      bytes += record.value.length;
      if (bytes >= portion.bytes) break;
    }
    return records;
  }

  lastRevision(stream: string): number {
    const start = streamKey(stream, Number.MAX_SAFE_INTEGER);
    for (const key of this.streams.getKeys({ start, end: start.subarray(0, STREAM_KEY_BYTES), reverse: true, limit: 1 })) {
      return positionOf(key.subarray(STREAM_KEY_BYTES));
    }
    return -1;
  }

  async close(): Promise<void> {
    await this.root.close();
  }

  /** Reads every record and its entry in the index. Throws {@link DamagedLog}. */
  async verify(): Promise<void> {
    let position = 0;
    for (;;) {
      const records = this.readLog(position + 1, 'forwards', VERIFIED_AT_ONCE);
      if (records.length === 0) break;
      for (const record of records) {
        position = record.position;
        const entry = this.streams.get(streamKey(record.stream, record.revision));
        if (entry === undefined || positionOf(entry) !== position) this.refuse(`position ${position} is not found by its stream and revision`);
      }
      // Lets signals and timers through during a long check.
      await nextTurn();
    }
    const entries = this.streams.getCount();
    if (entries !== position) this.refuse(`its index has ${entries} entries for ${position} events`);
  }

  private recordAt(position: Buffer, stream: string, revision: number): LogRecord {
    const value = this.events.get(position);
    if (value === undefined) return this.refuse(`position ${positionOf(position)} is missing`);
    const record = this.checked(position, value);
    if (record.stream !== stream || record.revision !== revision) {
      this.refuse(`the index of stream ${JSON.stringify(stream)} leads to another event at position ${record.position}`);
    }
    return record;
  }

  private checked(key: Buffer, value: Buffer): LogRecord {
    return LogRecord.decode(key, value) ?? this.refuse(`the record at position ${positionOf(key)} does not match its checksum`);
  }

  private refuse(damage: string): never {
    throw new DamagedLog(this.folder, damage);
  }
}

const HASHES_AT_MOST = 10_000;
const hashes = new Map<string, Buffer>();

const streamHash = (stream: string): Buffer => {
  const known = hashes.get(stream);
  if (known) return known;
  if (hashes.size === HASHES_AT_MOST) hashes.clear();
  const hash = createHash('sha256').update(stream).digest().subarray(0, STREAM_KEY_BYTES);
  hashes.set(stream, hash);
  return hash;
};

const streamKey = (stream: string, revision: number): Buffer => {
  const key = Buffer.allocUnsafe(STREAM_KEY_BYTES + 8);
  streamHash(stream).copy(key, 0, 0, STREAM_KEY_BYTES);
  positionKey(Math.min(revision, Number.MAX_SAFE_INTEGER)).copy(key, STREAM_KEY_BYTES);
  return key;
};
