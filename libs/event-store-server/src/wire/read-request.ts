import { MalformedMessage } from '../errors.js';
import type { Direction } from '../log/storage.js';
import { readStreamIdentifier } from './append-request.js';
import { WireReader } from './reader.js';

/** A revision of a stream or a position of the log; `at` may lie beyond the end, up to 2^64-1. */
export type From = { readonly kind: 'start' } | { readonly kind: 'end' } | { readonly kind: 'at'; readonly at: bigint };

export interface FilterOptions {
  readonly on: 'stream-name' | 'event-type';
  readonly prefixes: readonly string[];
  readonly regex: string;
  /** Events considered between two checkpoints, in units of the multiplier. */
  readonly window: number | undefined;
  readonly checkpointMultiplier: number;
}

export interface ReadRequest {
  readonly source: { readonly kind: 'all'; readonly from: From } | { readonly kind: 'stream'; readonly stream: string; readonly from: From };
  readonly direction: Direction;
  readonly mode: { readonly kind: 'read'; readonly count: bigint } | { readonly kind: 'subscription' };
  readonly filter: FilterOptions | undefined;
  readonly structuredIds: boolean;
}

const START: From = { kind: 'start' };
const END: From = { kind: 'end' };

export const readReadRequest = (bytes: Buffer): ReadRequest => {
  const reader = new WireReader(bytes);
  let request: ReadRequest | undefined;
  while (reader.next()) {
    if (reader.field === 1) request = readOptions(reader.message());
    else reader.skip();
  }
  if (request === undefined) throw new MalformedMessage('a read without options');
  return request;
};

const readOptions = (reader: WireReader): ReadRequest => {
  let source: ReadRequest['source'] | undefined;
  let direction: Direction = 'forwards';
  let mode: ReadRequest['mode'] | undefined;
  let filter: FilterOptions | undefined;
  let structuredIds = false;
  while (reader.next()) {
    if (reader.field === 1) source = readStreamOptions(reader.message());
    else if (reader.field === 2) source = { kind: 'all', from: readAllOptions(reader.message()) };
    else if (reader.field === 3) direction = reader.uint32() === 1 ? 'backwards' : 'forwards';
    else if (reader.field === 5) mode = { kind: 'read', count: reader.uint64() };
    else if (reader.field === 6) {
      reader.skip();
      mode = { kind: 'subscription' };
    } else if (reader.field === 7) filter = readFilter(reader.message());
    else if (reader.field === 9) structuredIds = readStructuredIds(reader.message());
    else reader.skip();
  }
  if (source === undefined) throw new MalformedMessage('a read of neither a stream nor all');
  if (mode === undefined) throw new MalformedMessage('a read without a count that is no subscription');
  if (mode.kind === 'subscription' && direction === 'backwards') throw new MalformedMessage('a subscription backwards');
  return { source, direction, mode, filter, structuredIds };
};

const readStreamOptions = (reader: WireReader): ReadRequest['source'] => {
  let stream: string | undefined;
  let from: From = START;
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) from = { kind: 'at', at: reader.uint64() };
    else {
      if (reader.field === 3) from = START;
      else if (reader.field === 4) from = END;
      reader.skip();
    }
  }
  if (stream === undefined) throw new MalformedMessage('a read without a stream');
  return { kind: 'stream', stream, from };
};

const readAllOptions = (reader: WireReader): From => {
  let from: From = START;
  while (reader.next()) {
    if (reader.field === 1) from = { kind: 'at', at: readCommitPosition(reader.message()) };
    else {
      if (reader.field === 2) from = START;
      else if (reader.field === 3) from = END;
      reader.skip();
    }
  }
  return from;
};

const readCommitPosition = (reader: WireReader): bigint => {
  let commit = 0n;
  while (reader.next()) {
    if (reader.field === 1) commit = reader.uint64();
    else reader.skip();
  }
  return commit;
};

const readFilter = (reader: WireReader): FilterOptions => {
  let on: FilterOptions['on'] = 'stream-name';
  let expression: Pick<FilterOptions, 'prefixes' | 'regex'> | undefined;
  let window: number | undefined;
  let checkpointMultiplier = 1;
  while (reader.next()) {
    if (reader.field === 1 || reader.field === 2) {
      on = reader.field === 1 ? 'stream-name' : 'event-type';
      expression = readExpression(reader.message());
    } else if (reader.field === 3) window = reader.uint32();
    else if (reader.field === 5) checkpointMultiplier = reader.uint32();
    else reader.skip();
  }
  if (expression === undefined) throw new MalformedMessage('a filter without an expression');
  return { on, ...expression, window, checkpointMultiplier };
};

const readExpression = (reader: WireReader): Pick<FilterOptions, 'prefixes' | 'regex'> => {
  const prefixes: string[] = [];
  let regex = '';
  while (reader.next()) {
    if (reader.field === 1) regex = reader.string();
    else if (reader.field === 2) prefixes.push(reader.string());
    else reader.skip();
  }
  return { prefixes, regex };
};

const readStructuredIds = (reader: WireReader): boolean => {
  let structured = false;
  while (reader.next()) {
    structured = reader.field === 1;
    reader.skip();
  }
  return structured;
};
