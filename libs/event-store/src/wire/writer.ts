export const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
};

/** Of a non-negative safe integer; answers the offset behind it. */
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

/** A field of bytes with its tag and length. Fields are numbered up to 15 in all messages that are written here. */
export const field = (number: number, ...content: readonly Buffer[]): Buffer => {
  const length = content.reduce((sum, { length: part }) => sum + part, 0);
  const head = Buffer.allocUnsafe(1 + varintLength(length));
  head[0] = number * 8 + 2;
  writeVarint(head, 1, length);
  return Buffer.concat([head, ...content]);
};

export const textField = (number: number, text: string): Buffer => field(number, Buffer.from(text, 'utf8'));

/** Of an unsigned number of 64 bits. */
export const numberField = (number: number, value: bigint | number): Buffer => {
  const bytes = [number * 8];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 128n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
};
