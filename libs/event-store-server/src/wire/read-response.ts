import type { LogRecord } from '../log/record.js';
import { formatUuid } from './uuid.js';
import { varintLength, WireWriter, writeVarint } from './writer.js';

const TAG_MESSAGE_1 = 0x0a;
const TAG_COMMIT_POSITION = 3 << 3;

const stringId = (id: Buffer): Buffer => {
  const field = Buffer.allocUnsafe(40);
  field[0] = TAG_MESSAGE_1;
  field[1] = 38;
  field[2] = 0x12;
  field[3] = 36;
  field.write(formatUuid(id), 4, 'latin1');
  return field;
};

const structuredId = (id: Buffer): Buffer =>
  new WireWriter()
    .message(1, new WireWriter().message(1, new WireWriter().uint(1, id.readBigUInt64BE(0)).uint(2, id.readBigUInt64BE(8))))
    .finish();

/** ReadResp{event: ReadEvent{event: RecordedEvent{id, …body}, commit_position}}. */
const encode = (record: LogRecord, id: Buffer): Buffer => {
  const body = record.body;
  const recorded = id.length + body.length;
  const position = varintLength(record.position);
  const event = 1 + varintLength(recorded) + recorded + 1 + position;
  const message = Buffer.allocUnsafe(1 + varintLength(event) + event);
  message[0] = TAG_MESSAGE_1;
  let at = writeVarint(message, 1, event);
  message[at] = TAG_MESSAGE_1;
  at = writeVarint(message, at + 1, recorded);
  at += id.copy(message, at);
  at += body.copy(message, at);
  message[at] = TAG_COMMIT_POSITION;
  writeVarint(message, at + 1, record.position);
  return message;
};

export const eventWithStringId = (record: LogRecord): Buffer => (record.wire ??= encode(record, stringId(record.id)));

export const eventWithStructuredId = (record: LogRecord): Buffer => encode(record, structuredId(record.id));

export const confirmation = (subscriptionId: string): Buffer =>
  new WireWriter().message(2, new WireWriter().string(1, subscriptionId)).finish();

export const checkpoint = (position: number): Buffer =>
  new WireWriter().message(3, new WireWriter().uint(1, position).uint(2, position)).finish();

export const streamNotFound = (stream: string): Buffer =>
  new WireWriter().message(4, new WireWriter().message(1, new WireWriter().string(3, stream))).finish();

export const caughtUp = new WireWriter().empty(8).finish();

export const fellBehind = new WireWriter().empty(9).finish();
