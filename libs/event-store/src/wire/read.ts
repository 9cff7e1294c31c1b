import { WireReader } from './reader.js';
import { readUuid } from './uuid.js';
import { field, numberField, textField } from './writer.js';

/** An event as the server sent it. */
export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint | undefined;
  readonly type: string;
  /** What JSON holds; undefined for what is no JSON. */
  readonly data: unknown;
  readonly metadata: unknown;
}

/** A message of a read or of a subscription; `other` is one that nobody waits for. */
export type ReadAnswer =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'stream-not-found' }
  | { readonly kind: 'other' };

const NO_FILTER = field(8);
/** Ids as texts. */
const UUID_OPTION = field(9, field(2));
const START = (number: number): Buffer => field(number);

/** All of a stream from its beginning. */
export const encodeReadStream = (stream: string): Buffer =>
  field(1, field(1, field(1, textField(3, stream)), START(3)), numberField(5, Number.MAX_SAFE_INTEGER), NO_FILTER, UUID_OPTION);

export interface AllSubscription {
  /** Of streams whose names begin with one of them. */
  readonly prefixes: readonly string[];
  /** Exclusive; from the beginning when undefined. */
  readonly after: bigint | undefined;
  /** Events that the server looks at before it tells where it is, in two factors. */
  readonly window: number;
  readonly checkpointInterval: number;
}

export const encodeSubscribeToAll = ({ prefixes, after, window, checkpointInterval }: AllSubscription): Buffer => {
  const from = after === undefined ? START(2) : field(1, numberField(1, after), numberField(2, after));
  const filter = field(7, field(1, ...prefixes.map((prefix) => textField(2, prefix))), numberField(3, window), numberField(5, checkpointInterval));
  return field(1, field(2, from), field(6), filter, UUID_OPTION);
};

export function decodeReadAnswer(bytes: Buffer): ReadAnswer {
  const reader = new WireReader(bytes);
  let answer: ReadAnswer = { kind: 'other' };
  while (reader.next()) {
    if (reader.field === 1) answer = readEvent(reader.message(), bytes);
    else if (reader.field === 3) answer = { kind: 'checkpoint', position: readCommit(reader.message()) };
    else {
      if (reader.field === 4) answer = { kind: 'stream-not-found' };
      else if (reader.field === 8) answer = { kind: 'caught-up' };
      reader.skip();
    }
  }
  return answer;
}

/** Of what was resolved the event itself; a link that leads nowhere has none. */
function readEvent(reader: WireReader, bytes: Buffer): ReadAnswer {
  let event: StoredEvent | undefined;
  while (reader.next()) {
    if (reader.field === 1) event = readRecorded(reader.message(), bytes);
    else reader.skip();
  }
  return event ? { kind: 'event', event } : { kind: 'other' };
}

function readRecorded(reader: WireReader, bytes: Buffer): StoredEvent {
  let [id, stream, type] = ['', '', ''];
  let revision = 0n;
  let position: bigint | undefined;
  let isJson = false;
  let data: readonly [start: number, end: number] = [0, 0];
  let metadata: unknown;
  while (reader.next()) {
    switch (reader.field) {
      case 1: id = readUuid(reader.message()) ?? ''; break;
      case 2: stream = readText(reader.message(), 3); break;
      case 3: revision = reader.uint64(); break;
      case 5: position = reader.uint64(); break;
      case 6: {
        const [key, value] = readEntry(reader.message());
        if (key === 'type') type = value;
        else if (key === 'content-type') isJson = value === 'application/json';
        break;
      }
      case 7: metadata = parsed(bytes, ...reader.range()); break;
      // Its content type may come after it: protobuf promises no order.
      case 8: data = reader.range(); break;
      default: reader.skip();
    }
  }
  return { id, stream, revision, position, type, data: isJson ? parsed(bytes, ...data) : undefined, metadata };
}

function parsed(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end)) as unknown;
  } catch {
    // Whoever needs it says that it is missing, and of which event.
    return undefined;
  }
}

function readText(reader: WireReader, wanted: number): string {
  let text = '';
  while (reader.next()) {
    if (reader.field === wanted) text = reader.text();
    else reader.skip();
  }
  return text;
}

function readEntry(reader: WireReader): [key: string, value: string] {
  let [key, value] = ['', ''];
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  }
  return [key, value];
}

function readCommit(reader: WireReader): bigint {
  let commit = 0n;
  while (reader.next()) {
    if (reader.field === 1) commit = reader.uint64();
    else reader.skip();
  }
  return commit;
}

