import { MalformedMessage, WireReader } from './reader.js';
import { readUuid } from './uuid.js';
import { field, numberField, textField, varintLength, writeVarint } from './writer.js';

/** An event to be appended. */
export interface Proposal {
  /** A UUID in its text form. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: object;
}

export interface BatchAppend {
  /** A UUID in its text form. */
  readonly correlationId: string;
  readonly stream: string;
  /** Undefined: there must be no such stream. */
  readonly revision: bigint | undefined;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly proposals: readonly Proposal[];
}

const UUID_LENGTH = 36;
const JSON_CONTENT = field(2, textField(1, 'content-type'), textField(2, 'application/json'));
const IS_FINAL = numberField(4, 1);

const tag = (number: number): number => number * 8 + 2;
const framed = (length: number): number => 1 + varintLength(length) + length;

/** `BatchAppendReq` with all of an append in one message. Written by hand, because the generated classes take most of an append's time. */
export function encodeBatchAppend({ correlationId, stream, revision, deadlineMs, proposals }: BatchAppend): Buffer {
  const correlation = field(1, textField(2, correlationId));
  const options = field(
    2, field(1, textField(3, stream)), revision === undefined ? field(3) : numberField(2, revision),
    field(6, numberField(1, Math.floor(deadlineMs / 1_000)), numberField(2, (deadlineMs % 1_000) * 1_000_000)),
  );
  const events = proposals.map(measured);
  const message = Buffer.allocUnsafe(events.reduce((sum, { length }) => sum + framed(length), correlation.length + options.length + IS_FINAL.length));
  let at = correlation.copy(message);
  at += options.copy(message, at);
  for (const event of events) at = writeEvent(message, at, event);
  IS_FINAL.copy(message, at);
  return message;
}

interface Measured {
  readonly id: string;
  readonly kind: Buffer;
  readonly data: string;
  readonly dataLength: number;
  readonly metadata: string;
  readonly metadataLength: number;
  /** Of the whole message. */
  readonly length: number;
}

function measured({ id, type, data: value, metadata: about }: Proposal): Measured {
  if (id.length !== UUID_LENGTH) throw new RangeError('An event id is a UUID');
  const [data, metadata] = [JSON.stringify(value), JSON.stringify(about)];
  const [dataLength, metadataLength] = [Buffer.byteLength(data), Buffer.byteLength(metadata)];
  const kind = kindOf(type);
  const length = framed(framed(UUID_LENGTH)) + kind.length + framed(metadataLength) + framed(dataLength);
  return { id, kind, data, dataLength, metadata, metadataLength, length };
}

function writeEvent(target: Buffer, start: number, { id, kind, data, dataLength, metadata, metadataLength, length }: Measured): number {
  target[start] = tag(3);
  let at = writeVarint(target, start + 1, length);
  target[at] = tag(1);
  target[at + 1] = framed(UUID_LENGTH);
  target[at + 2] = tag(2);
  target[at + 3] = UUID_LENGTH;
  at += 4 + target.write(id, at + 4, 'latin1');
  at += kind.copy(target, at);
  target[at] = tag(3);
  at = writeVarint(target, at + 1, metadataLength);
  at += target.write(metadata, at);
  target[at] = tag(4);
  at = writeVarint(target, at + 1, dataLength);
  return at + target.write(data, at);
}

const KINDS_AT_MOST = 1_000;
const kinds = new Map<string, Buffer>();

/** The entries of an event's own map, the same for every event of a type. */
function kindOf(type: string): Buffer {
  const known = kinds.get(type);
  if (known) return known;
  const kind = Buffer.concat([field(2, textField(1, 'type'), textField(2, type)), JSON_CONTENT]);
  if (kinds.size === KINDS_AT_MOST) kinds.clear();
  kinds.set(type, kind);
  return kind;
}

export interface BatchAppendAnswer {
  readonly correlationId: string;
  /** Of the last event; undefined when the append failed. */
  readonly position: bigint | undefined;
  /** The answer as it came: an error in it is left to the driver's own classes, which know them all. */
  readonly bytes: Buffer;
}

export function decodeBatchAppendAnswer(bytes: Buffer): BatchAppendAnswer {
  const reader = new WireReader(bytes);
  let correlationId: string | undefined;
  let position: bigint | undefined;
  while (reader.next()) {
    if (reader.field === 1) correlationId = readUuid(reader.message());
    else if (reader.field === 3) position = readPosition(reader.message());
    else reader.skip();
  }
  if (correlationId === undefined) throw new MalformedMessage('an answer without a correlation id');
  return { correlationId, position, bytes };
}

/** Of `Success`, in which the position is optional. */
function readPosition(reader: WireReader): bigint | undefined {
  let position: bigint | undefined;
  while (reader.next()) {
    if (reader.field === 3) position = readCommit(reader.message());
    else reader.skip();
  }
  return position;
}

function readCommit(reader: WireReader): bigint {
  let commit = 0n;
  while (reader.next()) {
    if (reader.field === 1) commit = reader.uint64();
    else reader.skip();
  }
  return commit;
}
