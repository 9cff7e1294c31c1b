/** Bytes of a protobuf varint of a non-negative safe integer. */
export const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
};

/** Writes a varint of a non-negative safe integer into `target` and returns the offset after it. */
export const writeVarint = (target: Buffer, at: number, value: number): number => {
  let rest = value;
  let offset = at;
  while (rest >= 128) {
    target[offset++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  target[offset++] = rest;
  return offset;
};

/** Builds the small messages of answers; events are written by hand in their own codec. Zero values are written, too. */
export class WireWriter {
  private readonly parts: Uint8Array[] = [];

  uint(field: number, value: number | bigint): this {
    this.parts.push(varintBytes(field * 8), varintBytes(value));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.parts.push(head(field, value.length), value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, 'utf8'));
  }

  message(field: number, value: WireWriter): this {
    return this.bytes(field, value.finish());
  }

  empty(field: number): this {
    this.parts.push(head(field, 0));
    return this;
  }

  finish(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** Of a field of bytes: its tag and its length. */
const head = (field: number, length: number): Buffer => {
  const tag = field * 8 + 2;
  const target = Buffer.allocUnsafe(varintLength(tag) + varintLength(length));
  writeVarint(target, writeVarint(target, 0, tag), length);
  return target;
};

const varintBytes = (value: number | bigint): Buffer => {
  if (typeof value === 'number') {
    const target = Buffer.allocUnsafe(varintLength(value));
    writeVarint(target, 0, value);
    return target;
  }
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest >= 128n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
};
