import { MalformedMessage } from '../errors.js';

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/** Reads one protobuf message field by field: `while (reader.next()) switch (reader.field) …`. Throws {@link MalformedMessage}. */
export class WireReader {
  field = 0;
  private wireType = WIRE_VARINT;
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.at === this.bytes.length) return false;
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
    this.expect(WIRE_BYTES);
    const length = this.varint();
    const end = this.at + length;
    if (end > this.bytes.length) throw new MalformedMessage('a field longer than its message');
    const value = this.bytes.subarray(this.at, end);
    this.at = end;
    return value;
  }

  string(): string {
    return this.bytesField().toString('utf8');
  }

  message(): WireReader {
    return new WireReader(this.bytesField());
  }

  skip(): void {
    if (this.wireType === WIRE_VARINT) this.varint64();
    else if (this.wireType === WIRE_BYTES) this.bytesField();
    else if (this.wireType === WIRE_FIXED64) this.advance(8);
    else if (this.wireType === WIRE_FIXED32) this.advance(4);
    else throw new MalformedMessage(`wire type ${this.wireType} is not served`);
  }

  private advance(count: number): void {
    this.at += count;
    if (this.at > this.bytes.length) throw new MalformedMessage('a field longer than its message');
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
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new MalformedMessage('the message ends inside a number');
    this.at += 1;
    return byte;
  }
}
