import { MalformedMessage } from '../errors.js';
import { WireReader } from './reader.js';

/** The 16 bytes of a UUID message, which carries either a string or two signed 64-bit halves. */
export const readUuid = (reader: WireReader): Buffer => {
  let id: Buffer | undefined;
  while (reader.next()) {
    if (reader.field === 1) id = readStructured(reader.message());
    else if (reader.field === 2) id = parseUuid(reader.string());
    else reader.skip();
  }
  if (id === undefined) throw new MalformedMessage('a UUID without a value');
  return id;
};

const readStructured = (reader: WireReader): Buffer => {
  const id = Buffer.alloc(16);
  while (reader.next()) {
    if (reader.field === 1) id.writeBigInt64BE(reader.int64(), 0);
    else if (reader.field === 2) id.writeBigInt64BE(reader.int64(), 8);
    else reader.skip();
  }
  return id;
};

const LENGTH = 36;
const DASHES = new Set([8, 13, 18, 23]);
const DASH = 0x2d;
/** The value of a hexadecimal digit by its code; undefined for other characters. */
const DIGITS: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? undefined : value;
});

export const parseUuid = (text: string): Buffer => {
  const id = Buffer.allocUnsafe(16);
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DASH && DASHES.has(at)) continue;
    const digit = DASHES.has(at) ? undefined : DIGITS[code];
    if (digit === undefined || digits === 32) throw new MalformedMessage('a UUID that is not one');
    const byte = digits >> 1;
    id[byte] = digits % 2 === 0 ? digit << 4 : (id[byte] as number) | digit;
    digits += 1;
  }
  if (text.length !== LENGTH) throw new MalformedMessage('a UUID that is not one');
  return id;
};

export const formatUuid = (id: Buffer): string => {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
