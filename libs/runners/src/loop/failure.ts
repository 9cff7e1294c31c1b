import type { Recorded } from '@atrium/kernel';
import { EntityMetadataNotFoundError } from 'typeorm';
import { ShapeChanged } from '../postgres/generations.js';
import { ColumnValueRefused, UnfitEntity } from '../projection/column.js';
import { RowNotPrefetched } from '../projection/row-buffer.js';

/** An event type that the projection's record of functions does not name. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  constructor() {
    super('this program does not know events of this type; start the version that wrote it, or a later one');
  }
}

/** A projection's function or the database refused something of this batch; repeating it would fail again. */
export class ProjectionFailed extends Error {
  override readonly name = 'ProjectionFailed';
  constructor(readonly projection: string, cause: unknown) {
    super(`Projection ${projection}: ${describe(cause)}`, { cause });
  }
}

/** The event at which a runner halted. The message holds nothing of the event's data. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  readonly position: bigint;
  readonly type: string;
  readonly projection: string | undefined;
  constructor(event: Recorded, cause: unknown) {
    super(`Event ${event.position} (${event.type}): ${cause instanceof ProjectionFailed ? cause.message : describe(cause)}`, { cause });
    this.position = event.position;
    this.type = event.type;
    this.projection = cause instanceof ProjectionFailed ? cause.projection : undefined;
  }
}

const tellable = [ColumnValueRefused, UnknownEventType, RowNotPrefetched, ShapeChanged, UnfitEntity, EntityMetadataNotFoundError];

/**
 * An error in words that can be shown and logged: messages of projections' functions and of PostgreSQL may quote the
 * values they failed on, so that only names, codes and places are told. Errors marked `transient` speak of engines only.
 */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  if ((error as { transient?: unknown }).transient === true) return error.message;
  if (tellable.some((kind) => error instanceof kind)) return error.message;
  const { name, stream, revision } = error as { name: string; stream?: unknown; revision?: unknown };
  if (name === 'EventStoreUnavailable' || name === 'UnknownCase') return error.message;
  if (name === 'DamagedEvent') return `Event ${String(revision)} of ${String(stream)} cannot be read`;
  const { code, table, column, constraint, severity } = error as { code?: unknown; table?: unknown; column?: unknown; constraint?: unknown; severity?: unknown };
  if (typeof severity === 'string') {
    const where = [table, column, constraint].filter((part) => typeof part === 'string').join('.');
    return `PostgreSQL refused with ${String(code)}${where ? ` at ${where}` : ''}`;
  }
  const frame = framesOf(error).map((line) => /(?:\(|at |file:\/\/)(?:\/|[A-Za-z]:\\)[^()\n]*?([^/\\()\n]+:\d+):\d+\)?$/.exec(line)?.[1]).find((place) => place !== undefined);
  return `${error.name}${typeof code === 'string' ? ` ${code}` : ''}${frame === undefined ? '' : ` at ${frame}`}`;
}

/** The lines of an error's stack below its message, which may quote values. */
export function framesOf({ message, stack = '' }: Error): string[] {
  // The stack begins with the message; one that was changed since cannot be told from the lines.
  if (!stack.includes(message)) return [];
  return stack.slice(stack.indexOf(message) + message.length).split('\n').filter((line) => /^ +at .+:\d+:\d+\)?$/.test(line));
}
