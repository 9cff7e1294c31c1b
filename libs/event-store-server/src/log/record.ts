import { varintLength, writeVarint } from '../wire/writer.js';
import { crc32c } from './crc32c.js';

/** An event as a client proposes it. The buffers may be views of the request. */
export interface ProposedEvent {
  /** 16 bytes. */
  readonly id: Buffer;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

/** What makes a proposed event a recorded one. Positions and revisions are dense counters, exact as numbers up to 2^53. */
export interface Place {
  /** Of the whole log, from 1. */
  readonly position: number;
  readonly stream: string;
  /** Within the stream, from 0. */
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly createdMs: number;
}

/*
 * A stored value: crc32c u32 | format u8 | 0 | revision u48 | created u48 | id 16 | name start, length, type start, length u32 | body.
 * The body is the protobuf RecordedEvent without its id, so that a read copies it as it is whichever form of UUID is asked for.
 * The checksum covers the position (eight bytes, the key) and everything after itself. Big-endian throughout.
 */
const FORMAT = 1;
const ID = 18;
const OFFSETS = ID + 16;
const BODY = OFFSETS + 16;

/** Of a field with its tag and its length. */
const framed = (length: number): number => 1 + varintLength(length) + length;

/** A name and a value of the metadata map (field 6). */
const mapEntryLength = (key: string, valueLength: number): number => framed(key.length) + framed(valueLength);

const writeBytes = (target: Buffer, at: number, tag: number, bytes: Buffer): number => {
  target[at] = tag;
  const offset = writeVarint(target, at + 1, bytes.length);
  bytes.copy(target, offset);
  return offset + bytes.length;
};

const writeMapEntry = (target: Buffer, at: number, key: string, value: string, valueLength: number): number => {
  target[at] = (6 << 3) | 2;
  let offset = writeVarint(target, at + 1, mapEntryLength(key, valueLength));
  target[offset] = (1 << 3) | 2;
  offset = writeVarint(target, offset + 1, key.length);
  offset += target.write(key, offset, 'latin1');
  target[offset] = (2 << 3) | 2;
  offset = writeVarint(target, offset + 1, valueLength);
  return offset + target.write(value, offset);
};

const writeNumber = (target: Buffer, at: number, tag: number, value: number): number => {
  target[at] = tag;
  return writeVarint(target, at + 1, value);
};

/** Epoch milliseconds as the protocol's ticks of 100 ns: four more decimal digits. */
const ticks = (createdMs: number): string => (createdMs === 0 ? '0' : `${createdMs}0000`);

/** The eight bytes a position is stored and checksummed as; they sort as the numbers do. */
export const positionKey = (position: number): Buffer => {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(Math.floor(position / 0x1_0000_0000), 0);
  key.writeUInt32BE(position % 0x1_0000_0000, 4);
  return key;
};

export const positionOf = (key: Buffer): number => key.readUInt32BE(0) * 0x1_0000_0000 + key.readUInt32BE(4);

const SLAB_BYTES = 256 * 1024;
let slab = Buffer.alloc(0);
let slabUsed = 0;

/**
 * Room for a record that may be kept for long, from memory that only records share: Node's own pool would be held by a record
 * among its passing buffers, and memory of its own for each is dear to allocate, to collect and to hand to LMDB.
 */
const allocate = (length: number): Buffer => {
  if (length > SLAB_BYTES / 8) return Buffer.allocUnsafeSlow(length);
  if (slabUsed + length > slab.length) [slab, slabUsed] = [Buffer.allocUnsafeSlow(SLAB_BYTES), 0];
  slabUsed += length;
  return slab.subarray(slabUsed - length, slabUsed);
};

/** One event of the log with its stored bytes. */
export class LogRecord {
  /** The read answer with string UUIDs, kept while the record is among the recent ones. */
  wire: Buffer | undefined;
  private streamName: string | undefined;
  private eventType: string | undefined;

  private constructor(
    readonly position: number,
    readonly value: Buffer,
  ) {}

  static encode({ position, stream, revision, createdMs }: Place, event: ProposedEvent): LogRecord {
    const created = ticks(createdMs);
    const nameLength = Buffer.byteLength(stream);
    const typeLength = Buffer.byteLength(event.type);
    const contentTypeLength = Buffer.byteLength(event.contentType);
    const positionLength = varintLength(position);
    const length =
      framed(framed(nameLength)) +
      1 + varintLength(revision) +
      2 * (1 + positionLength) +
      framed(mapEntryLength('type', typeLength)) +
      framed(mapEntryLength('content-type', contentTypeLength)) +
      framed(mapEntryLength('created', created.length)) +
      (event.metadata.length === 0 ? 0 : framed(event.metadata.length)) +
      (event.data.length === 0 ? 0 : framed(event.data.length));
    const value = allocate(BODY + length);
    let at = BODY;
    value[at] = (2 << 3) | 2;
    at = writeVarint(value, at + 1, framed(nameLength));
    value[at] = (3 << 3) | 2;
    at = writeVarint(value, at + 1, nameLength);
    const nameStart = at;
    at += value.write(stream, at);
    at = writeNumber(value, at, 3 << 3, revision);
    at = writeNumber(value, at, 4 << 3, position);
    at = writeNumber(value, at, 5 << 3, position);
    at = writeMapEntry(value, at, 'type', event.type, typeLength);
    const typeStart = at - typeLength;
    at = writeMapEntry(value, at, 'content-type', event.contentType, contentTypeLength);
    at = writeMapEntry(value, at, 'created', created, created.length);
    if (event.metadata.length > 0) at = writeBytes(value, at, (7 << 3) | 2, event.metadata);
    if (event.data.length > 0) writeBytes(value, at, (8 << 3) | 2, event.data);

    value[4] = FORMAT;
    value[5] = 0;
    value.writeUIntBE(revision, 6, 6);
    value.writeUIntBE(createdMs, 12, 6);
    event.id.copy(value, ID);
    value.writeUInt32BE(nameStart, OFFSETS);
    value.writeUInt32BE(nameLength, OFFSETS + 4);
    value.writeUInt32BE(typeStart, OFFSETS + 8);
    value.writeUInt32BE(typeLength, OFFSETS + 12);
    value.writeUInt32BE(crc32c(value, 4, crc32c(positionKey(position))), 0);
    const record = new LogRecord(position, value);
    record.streamName = stream;
    record.eventType = event.type;
    return record;
  }

  /** The record stored at a position, or undefined if its bytes are not the ones that were written there. */
  static decode(key: Buffer, value: Buffer): LogRecord | undefined {
    if (value.length < BODY || value.readUInt32BE(0) !== crc32c(value, 4, crc32c(key)) || value[4] !== FORMAT) return undefined;
    return new LogRecord(positionOf(key), value);
  }

  get revision(): number {
    return this.value.readUIntBE(6, 6);
  }

  get createdMs(): number {
    return this.value.readUIntBE(12, 6);
  }

  /** The event id as a string of 16 characters of one byte each, to compare and to look up. */
  get idKey(): string {
    return this.value.toString('latin1', ID, ID + 16);
  }

  get id(): Buffer {
    return this.value.subarray(ID, ID + 16);
  }

  get stream(): string {
    return (this.streamName ??= this.text(OFFSETS));
  }

  get type(): string {
    return (this.eventType ??= this.text(OFFSETS + 8));
  }

  /** The protobuf RecordedEvent without its id. */
  get body(): Buffer {
    return this.value.subarray(BODY);
  }

  private text(offsets: number): string {
    const start = this.value.readUInt32BE(offsets);
    return this.value.toString('utf8', start, start + this.value.readUInt32BE(offsets + 4));
  }
}
