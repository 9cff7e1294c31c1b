import { MalformedMessage } from '../errors.js';

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/**
 * Reads one protobuf message field by field: `while (reader.next()) switch (reader.field) …`, and the messages in it over the same
 * bytes, because views cost more than what is read. Throws {@link MalformedMessage}.
 */
export class WireReader {
  field = 0;
  private wireType = WIRE_VARINT;

  constructor(
    private readonly bytes: Buffer,
    private at = 0,
    private readonly end = bytes.length,
  ) {}

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.at === this.end) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    if (this.field === 0 || tag > 0xffff_ffff) throw new MalformedMessage('a field number out of range');
    return true;
  }

  uint64(): bigint {
    this.expect(WIRE_VARINT);
    return this.varint64();
  }

  int64(): bigint {
    return BigInt.asIntN(64, this.uint64());
  }

  /** An unsigned number; values beyond 32 bits keep their low 32 bits, as protobuf demands. */
  uint32(): number {
    return Number(BigInt.asUintN(32, this.uint64()));
  }

  bool(): boolean {
    return this.uint64() !== 0n;
  }

  /** A view of the message's own bytes: copy what outlives the request. */
  bytesField(): Buffer {
    const start = this.enter();
    return this.bytes.subarray(start, this.at);
  }

  string(): string {
    const start = this.enter();
    return this.bytes.toString('utf8', start, this.at);
  }

  message(): WireReader {
    const start = this.enter();
    return new WireReader(this.bytes, start, this.at);
  }

  skip(): void {
    if (this.wireType === WIRE_VARINT) this.varint64();
    else if (this.wireType === WIRE_BYTES) this.enter();
    else if (this.wireType === WIRE_FIXED64) this.advance(8);
    else if (this.wireType === WIRE_FIXED32) this.advance(4);
    else throw new MalformedMessage(`wire type ${this.wireType} is not served`);
  }

  /** Moves behind a field with a length; answers where its content begins. */
  private enter(): number {
    this.expect(WIRE_BYTES);
    const length = this.varint();
    const start = this.at;
    this.advance(length);
    return start;
  }

  private advance(count: number): void {
    this.at += count;
    if (this.at > this.end) throw new MalformedMessage('a field longer than its message');
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw new MalformedMessage(`field ${this.field} has wire type ${this.wireType}, not ${wireType}`);
  }

  /** Tags and lengths: exact up to 2^53, and a value beyond that is refused by its user as too large. */
  private varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new MalformedMessage('a number longer than ten bytes');
  }

  private varint64(): bigint {
    const start = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    let exact = 0n;
    for (let at = start, shift = 0n; at < this.at; at += 1, shift += 7n) {
      exact |= BigInt((this.bytes[at] ?? 0) & 0x7f) << shift;
    }
    return BigInt.asUintN(64, exact);
  }

  private byte(): number {
    if (this.at >= this.end) throw new MalformedMessage('the message ends inside a number');
    const byte = this.bytes[this.at] as number;
    this.at += 1;
    return byte;
  }
}
