import type { Recorded } from '@atrium/kernel';
import type { ObjectLiteral } from 'typeorm';
import type { SourceBatch } from '../event-source.js';
import type { Connection } from '../postgres/connection.js';
import { movePositions } from '../postgres/positions.js';
import { isTransient } from '../postgres/transient.js';
import type { Key, Projection } from '../projection/projection.js';
import type { RowBuffer } from '../projection/row-buffer.js';
import type { TableWriter } from '../projection/table-writer.js';
import { PoisonEvent, ProjectionFailed, UnknownEventType } from './failure.js';

/** Opens sealed data of many events at once, before the functions see them: as many events, in the same order. */
export type Prepare = (events: readonly Recorded[]) => Promise<readonly Recorded[]>;

/** One table that follows the log: a generation of a projection, and how far it is. */
export interface Target {
  readonly projection: Projection<ObjectLiteral>;
  /** The table, and the name of its position. */
  readonly name: string;
  readonly writer: TableWriter;
  position: bigint;
}

// Rows and position go to disk together, so that a crash of PostgreSQL loses both or neither and the runner catches up.
const begin = 'BEGIN; SET LOCAL synchronous_commit = off';

/**
 * Applies a batch to all targets in one transaction and moves their positions to the batch's. Events at or below a
 * target's position are repeats. Answers how many events were new.
 * @throws PositionMoved, ProjectionFailed, or what is transient; the targets are then where they were.
 */
export async function applyBatch(connection: Connection, targets: readonly Target[], batch: SourceBatch, prepare?: Prepare): Promise<number> {
  const behind = targets.filter(({ position }) => position < batch.position);
  if (behind.length === 0) return 0;
  const fresh = newEvents(batch, behind);
  const events = prepare && fresh.length > 0 ? await prepare(fresh) : fresh;
  if (events.length !== fresh.length) throw new Error(`prepare answered ${events.length} events for ${fresh.length}`);

  const buffers: RowBuffer[] = [];
  for (const target of behind) buffers.push(await project(connection, target, events));

  await connection.transaction(async () => {
    await movePositions(connection, behind.map(({ name, position }) => ({ name, from: position })), batch.position);
    for (const [i, target] of behind.entries()) {
      await blaming(target, () => target.writer.write(connection, buffers[i] as RowBuffer));
    }
  }, begin);
  for (const target of behind) target.position = batch.position;
  return events.length;
}

/**
 * As {@link applyBatch}; when the whole cannot be applied, event by event up to the one that cannot.
 * @throws PoisonEvent, or what is transient
 */
export async function applyOrBlame(connection: Connection, targets: readonly Target[], batch: SourceBatch, prepare?: Prepare): Promise<number> {
  try {
    return await applyBatch(connection, targets, batch, prepare);
  } catch (error) {
    if (isTransient(error)) throw error;
  }
  let count = 0;
  for (const event of inOrder(batch.events)) {
    try {
      count += await applyBatch(connection, targets, { events: [event], position: event.position, caughtUp: false }, prepare);
    } catch (error) {
      throw isTransient(error) ? error : new PoisonEvent(event, error);
    }
  }
  await applyBatch(connection, targets, { ...batch, events: [] }, prepare);
  return count;
}

function newEvents({ events, position }: SourceBatch, targets: readonly Target[]): Recorded[] {
  let last = targets.reduce((lowest, target) => (target.position < lowest ? target.position : lowest), position);
  const fresh: Recorded[] = [];
  for (const event of inOrder(events)) {
    if (event.position <= last) continue;
    if (event.position > position) throw new Error(`The source delivered an event at ${event.position} in a batch up to ${position}`);
    fresh.push(event);
    last = event.position;
  }
  return fresh;
}

const inOrder = (events: readonly Recorded[]): readonly Recorded[] =>
  (events.every((event, i) => i === 0 || (events[i - 1] as Recorded).position <= event.position)
    ? events
    : [...events].sort((a, b) => (a.position < b.position ? -1 : 1)));

async function project(connection: Connection, target: Target, events: readonly Recorded[]): Promise<RowBuffer> {
  const { projection, writer, position } = target;
  const own = events.filter((event) => event.position > position && projection.categories.includes(categoryOf(event.stream)));
  const { reads } = projection;
  return blaming(target, async () => {
    const keys = new Map<string, Key>();
    const readBy = own.map((event) => {
      if (!Object.hasOwn(projection.on, event.type)) throw new UnknownEventType();
      return ([reads?.call(projection, event) ?? []].flat() as Key[]).map((key) => {
        const text = writer.table.keyText(key);
        keys.set(text, key);
        return text;
      });
    });
    const buffer = await writer.read(connection, keys);
    for (const [i, event] of own.entries()) {
      buffer.allow(readBy[i] as string[]);
      (projection.on as Readonly<Record<string, (rows: RowBuffer, event: Recorded) => void>>)[event.type]?.(buffer, event);
    }
    return buffer;
  });
}

async function blaming<T>({ projection }: Target, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isTransient(error) ? error : new ProjectionFailed(projection.name, error);
  }
}

const categoryOf = (stream: string): string => stream.slice(0, Math.max(0, stream.indexOf('-')));
