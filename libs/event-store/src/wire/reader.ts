/** The bytes are no protobuf message. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Reads a protobuf message field by field, and the messages in it, all over one buffer:
 * `while (reader.next()) if (reader.field === 1) …; else reader.skip();`. @throws MalformedMessage
 */
export class WireReader {
  field = 0;
  private wireType = VARINT;

  constructor(private readonly bytes: Buffer, private at = 0, private end = bytes.length) {}

  /** False at the end of the message. */
  next(): boolean {
    if (this.at === this.end) return false;
    if (this.at > this.end) throw new MalformedMessage('a field longer than its message');
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    return true;
  }

  uint64(): bigint {
    const start = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    let exact = 0n;
    for (let at = start, shift = 0n; at < this.at; at += 1, shift += 7n) exact |= BigInt((this.bytes[at] ?? 0) & 0x7f) << shift;
    return BigInt.asUintN(64, exact);
  }

  text(): string {
    const start = this.enter();
    return this.bytes.toString('utf8', start, this.at);
  }

  /** Where a field of bytes lies; the reader is then behind it. */
  range(): readonly [start: number, end: number] {
    return [this.enter(), this.at];
  }

  message(): WireReader {
    const start = this.enter();
    return new WireReader(this.bytes, start, this.at);
  }

  skip(): void {
    if (this.wireType === VARINT) this.varint();
    else if (this.wireType === BYTES) this.enter();
    else if (this.wireType === FIXED64) this.at += 8;
    else if (this.wireType === FIXED32) this.at += 4;
    else throw new MalformedMessage(`wire type ${this.wireType} is not known`);
  }

  /** Moves behind a field with a length; answers where its content begins. */
  private enter(): number {
    if (this.wireType !== BYTES) throw new MalformedMessage(`field ${this.field} has wire type ${this.wireType}`);
    const length = this.varint();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new MalformedMessage('a field longer than its message');
    return start;
  }

  /** Exact up to 2^53. */
  private varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count += 1) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at] as number;
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new MalformedMessage('a number that does not end');
  }
}
