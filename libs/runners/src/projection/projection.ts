import type { Event, Recorded } from '@atrium/kernel';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

export type KeyValue = string | number | bigint;

/** The value of a single primary key column, or property → value when there are several. */
export type Key = KeyValue | Readonly<Record<string, KeyValue>>;

/** The rows of one read model as they are before an event. Changes are kept in memory until the batch is written. */
export interface Rows<Row extends object> {
  /** Only of keys that `reads` names for this event. Change it by putting a copy. */
  get(key: Key): Readonly<Row> | undefined;
  /** A whole row; what is undefined becomes null. */
  put(row: Row): void;
  delete(key: Key): void;
}

/**
 * Rows that follow from events, and nothing else: a total record of functions over the events of the stream
 * categories, so that a new event type must be placed. The functions are pure apart from `rows`; the same events
 * give the same rows in batches of any size.
 */
export interface Projection<Row extends ObjectLiteral, E extends Event = Event> {
  /** Kebab-case. The SQL view, and the entity's table name, is the same with underscores. */
  readonly name: string;
  /** A changed shape or meaning is a new version: its table is built beside the old one and then takes its place. */
  readonly version: number;
  /** Stream categories such as `complaint`: what stands before the dash of a stream's name. */
  readonly categories: readonly string[];
  /** TypeORM entity of plain columns; no relations, no generated values, `tableName` as the view. */
  readonly entity: EntityTarget<Row>;
  /** Keys of the rows that the event's function reads; absent when it only puts and deletes. */
  reads?(event: Recorded<E>): Key | readonly Key[] | undefined;
  readonly on: { readonly [T in E['type']]: ProjectionFunction<Row, Extract<E, { type: T }>> };
}

// A method's parameters are bivariant, so that projections over different rows and events fit into one list.
type ProjectionFunction<Row extends ObjectLiteral, E extends Event> = {
  apply(rows: Rows<Row>, event: Recorded<E>): void;
}['apply'];

export const viewName = (projection: Pick<Projection<ObjectLiteral>, 'name'>): string => projection.name.replaceAll('-', '_');

export const prefixesOf = (projections: readonly Projection<ObjectLiteral>[]): string[] =>
  [...new Set(projections.flatMap(({ categories }) => categories))].map((category) => `${category}-`);
