import { MalformedMessage } from '../errors.js';
import { WireReader } from './reader.js';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

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

export const parseUuid = (text: string): Buffer => {
  if (!SHAPE.test(text)) throw new MalformedMessage('a UUID that is not one');
  return Buffer.from(text.replaceAll('-', ''), 'hex');
};

export const formatUuid = (id: Buffer): string => {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
