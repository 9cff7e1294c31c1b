import type { Event } from '@atrium/kernel';
import { DataSource, EntitySchema } from 'typeorm';
import type { Projection } from '../projection/projection.js';

export type CounterEvent =
  | Event<'Opened', { readonly id: string; readonly title: string }>
  | Event<'Counted', { readonly id: string; readonly by: number }>
  | Event<'Removed', { readonly id: string }>;

export interface CounterRow {
  id: string;
  title: string;
  total: number;
  lastAt: Date;
  seen: string[];
}

export const counterEntity = new EntitySchema<CounterRow>({
  name: 'counters',
  tableName: 'counters',
  columns: {
    id: { type: 'text', primary: true },
    title: { type: 'text' },
    total: { type: 'integer' },
    lastAt: { name: 'last_at', type: 'timestamptz' },
    seen: { type: 'text', array: true },
  },
  indices: [{ columns: ['title'] }, { columns: ['seen'] }],
});

/** Adds up what it reads, so that an event applied twice or from a stale row shows. */
export const counters: Projection<CounterRow, CounterEvent> = {
  name: 'counters',
  version: 1,
  categories: ['counter'],
  entity: counterEntity,
  reads: ({ type, data }) => (type === 'Counted' ? data.id : undefined),
  on: {
    Opened: (rows, { data, occurredAt }) => rows.put({ id: data.id, title: data.title, total: 0, lastAt: new Date(occurredAt), seen: [] }),
    Counted: (rows, { data, occurredAt, id }) => {
      const row = rows.get(data.id);
      if (row) rows.put({ ...row, total: row.total + data.by, lastAt: new Date(occurredAt), seen: [...row.seen, id].slice(-3) });
    },
    Removed: (rows, { data }) => rows.delete(data.id),
  },
};

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

export const opened = (id: string, title = `Counter ${id}`): CounterEvent => ({ type: 'Opened', data: { id, title }, occurredAt: at(0) });
export const counted = (id: string, by = 1, second = 1): CounterEvent => ({ type: 'Counted', data: { id, by }, occurredAt: at(second) });
export const removed = (id: string): CounterEvent => ({ type: 'Removed', data: { id }, occurredAt: at(2) });

export const dataSourceFor = (url: string, ...entities: EntitySchema<never>[]): DataSource =>
  new DataSource({ type: 'postgres', url, entities: entities.length > 0 ? entities : [counterEntity], synchronize: false });
