import { isUtf8 } from 'node:buffer';
import { MalformedMessage } from '../errors.js';
import type { ProposedEvent } from '../log/record.js';
import { WireReader } from './reader.js';
import { readUuid } from './uuid.js';

export type Expected =
  | { readonly kind: 'any' }
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'stream-exists' }
  | { readonly kind: 'exact'; readonly revision: bigint };

export interface AppendOptions {
  readonly stream: string;
  readonly expected: Expected;
  /** Epoch milliseconds; Infinity without a deadline. */
  readonly deadlineMs: number;
}

/** One chunk of an append; the first one of a correlation carries the options. */
export interface BatchAppendChunk {
  /** The UUID message as it came: answers carry it back byte for byte. */
  readonly correlation: Buffer;
  /** An event or option that is well-formed protobuf but not what the protocol asks for refuses this append alone. */
  readonly options: AppendOptions | MalformedMessage | undefined;
  readonly events: readonly ProposedEvent[] | MalformedMessage;
  readonly isFinal: boolean;
}

export type AppendMessage = { readonly options: AppendOptions } | { readonly event: ProposedEvent };

const EMPTY = Buffer.alloc(0);

export const readBatchAppend = (bytes: Buffer): BatchAppendChunk => {
  const reader = new WireReader(bytes);
  let correlation: Buffer | undefined;
  let options: BatchAppendChunk['options'];
  let events: ProposedEvent[] | MalformedMessage = [];
  let isFinal = false;
  while (reader.next()) {
    if (reader.field === 1) correlation = reader.bytesField();
    else if (reader.field === 2) options = orMalformed(reader.message(), (message) => readOptions(message, 'batch'));
    else if (reader.field === 3) {
      const event = orMalformed(reader.message(), readEvent);
      if (event instanceof MalformedMessage) events = event;
      else if (Array.isArray(events)) events.push(event);
    } else if (reader.field === 4) isFinal = reader.bool();
    else reader.skip();
  }
  if (correlation === undefined) throw new MalformedMessage('an append without a correlation id');
  return { correlation, options, events, isFinal };
};

export const readAppend = (bytes: Buffer): AppendMessage => {
  const reader = new WireReader(bytes);
  let message: AppendMessage | undefined;
  while (reader.next()) {
    if (reader.field === 1) message = { options: readOptions(reader.message(), 'single') };
    else if (reader.field === 2) message = { event: readEvent(reader.message()) };
    else reader.skip();
  }
  if (message === undefined) throw new MalformedMessage('an append message without content');
  return message;
};

const orMalformed = <T>(reader: WireReader, read: (reader: WireReader) => T): T | MalformedMessage => {
  try {
    return read(reader);
  } catch (error) {
    if (error instanceof MalformedMessage) return error;
    throw error;
  }
};

const readOptions = (reader: WireReader, call: 'batch' | 'single'): AppendOptions => {
  let stream: string | undefined;
  let expected: Expected | undefined;
  let deadlineMs = Infinity;
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) expected = { kind: 'exact', revision: reader.uint64() };
    else if (reader.field === 3) expected = empty(reader, { kind: 'no-stream' });
    else if (reader.field === 4) expected = empty(reader, { kind: 'any' });
    else if (reader.field === 5) expected = empty(reader, { kind: 'stream-exists' });
    else if (reader.field === 6 && call === 'batch') deadlineMs = readSecondsAndNanos(reader.message());
    else if (reader.field === 7 && call === 'batch') deadlineMs = Date.now() + readSecondsAndNanos(reader.message());
    else reader.skip();
  }
  if (stream === undefined) throw new MalformedMessage('an append without a stream');
  if (expected === undefined) throw new MalformedMessage('an append without an expected revision');
  return { stream, expected, deadlineMs };
};

const empty = <T>(reader: WireReader, value: T): T => {
  reader.skip();
  return value;
};

/** The UTF-8 name of a StreamIdentifier. */
export const readStreamIdentifier = (reader: WireReader): string => {
  let name: Buffer = EMPTY;
  while (reader.next()) {
    if (reader.field === 3) name = reader.bytesField();
    else reader.skip();
  }
  if (name.length === 0) throw new MalformedMessage('a stream without a name');
  if (!isUtf8(name)) throw new MalformedMessage('a stream name that is not UTF-8');
  return name.toString('utf8');
};

/** Timestamp and Duration have the same shape; the answer is in milliseconds. */
const readSecondsAndNanos = (reader: WireReader): number => {
  let milliseconds = 0;
  while (reader.next()) {
    if (reader.field === 1) milliseconds += Number(reader.int64()) * 1_000;
    else if (reader.field === 2) milliseconds += Number(reader.int64()) / 1_000_000;
    else reader.skip();
  }
  return milliseconds;
};

const readEvent = (reader: WireReader): ProposedEvent => {
  let id: Buffer | undefined;
  let type: string | undefined;
  let contentType: string | undefined;
  let metadata: Buffer = EMPTY;
  let data: Buffer = EMPTY;
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 2) {
      const [key, value] = readMapEntry(reader.message());
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (reader.field === 3) metadata = reader.bytesField();
    else if (reader.field === 4) data = reader.bytesField();
    else reader.skip();
  }
  if (id === undefined) throw new MalformedMessage('an event without an id');
  const missing = [...(type === undefined ? ['type'] : []), ...(contentType === undefined ? ['content-type'] : [])];
  if (type === undefined || contentType === undefined) throw new MissingMetadata(missing);
  return { id, type, contentType, metadata, data };
};

/** An event lacks entries of its metadata that the protocol requires. */
export class MissingMetadata extends MalformedMessage {
  constructor(readonly properties: readonly string[]) {
    super(`an event without ${properties.join(' and ')}`);
  }
}

const readMapEntry = (reader: WireReader): [key: string, value: string] => {
  let key = '';
  let value: Buffer = EMPTY;
  while (reader.next()) {
    if (reader.field === 1) key = reader.string();
    else if (reader.field === 2) value = reader.bytesField();
    else reader.skip();
  }
  if (!isUtf8(value)) throw new MalformedMessage(`an event whose ${key} is not UTF-8`);
  return [key, value.toString('utf8')];
};
