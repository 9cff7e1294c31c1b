import { Temporal } from 'temporal-polyfill';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Brackets } from 'typeorm';
import { mallOf } from '../../mall.js';
import { decodeCursor, encodeCursor, type ComplaintsQuery } from './complaints.search.js';
import { ComplaintEntity, type ComplaintRow } from './complaints.entity.js';
import type { ComplaintFacets } from './complaints.schema.js';

export interface ComplaintsPage {
  readonly rows: readonly ComplaintRow[];
  readonly total: number;
  readonly next?: string;
}

type Filter = Omit<ComplaintsQuery, 'sort' | 'limit' | 'cursor' | 'after'>;

/** One page, in a stable order: ties are broken by id, and what has no due time comes last. */
export async function findComplaints(dataSource: DataSource, query: ComplaintsQuery, now: Date): Promise<ComplaintsPage> {
  const filtered = filter(dataSource, query, now);
  const total = await filtered.clone().getCount();
  const rows = await page(filtered, query).getMany();
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return { rows: rows.slice(0, query.limit), total, ...(last ? { next: encodeCursor({ sort: query.sort, value: sortValue(last, query.sort)?.toISOString() ?? '', id: last.id }) } : {}) };
}

/** How many complaints there are for each value, under the other filters. */
export async function countFacets(dataSource: DataSource, query: Filter, now: Date): Promise<ComplaintFacets> {
  const [departments, channels, statuses, malls] = await Promise.all([
    facet(filter(dataSource, { ...query, department: undefined, queue: undefined }, now), 'department'),
    facet(filter(dataSource, { ...query, channel: undefined }, now), 'channel'),
    facet(filter(dataSource, { ...query, status: 'all' }, now), 'status'),
    facet(filter(dataSource, { ...query, mallId: undefined }, now), 'mallId'),
  ]);
  return { departments, channels, statuses, malls };
}

async function facet(filtered: SelectQueryBuilder<ComplaintRow>, column: 'department' | 'channel' | 'status' | 'mallId'): Promise<{ value: string; count: number }[]> {
  const rows = await filtered.select(`c.${column}`, 'value').addSelect('count(*)', 'count').andWhere(`c.${column} IS NOT NULL`)
    .groupBy(`c.${column}`).orderBy('count(*)', 'DESC').addOrderBy(`c.${column}`, 'ASC').limit(200).getRawMany<{ value: string; count: string }>();
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

function filter(dataSource: DataSource, query: Filter, now: Date): SelectQueryBuilder<ComplaintRow> {
  const builder = dataSource.getRepository(ComplaintEntity).createQueryBuilder('c').where('true');
  const equal = (column: string, value: string | undefined) => { if (value !== undefined) builder.andWhere(`c.${column} = :${column}`, { [column]: value }); };
  if (query.status === 'open') builder.andWhere('c.open');
  else if (query.status !== 'all') equal('status', query.status);
  equal('department', query.department);
  equal('queue', query.queue);
  equal('channel', query.channel);
  equal('mallId', query.mallId);
  if (query.due === 'overdue') builder.andWhere('c.nextDueAt < :now', { now });
  if (query.due === 'today') builder.andWhere('c.nextDueAt >= :now AND c.nextDueAt < :tomorrow', { now, tomorrow: tomorrow(query.mallId, now) });
  if (query.due === 'none') builder.andWhere('c.nextDueAt IS NULL');
  if (query.q) {
    const pattern = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
    builder.andWhere(new Brackets((where) => {
      for (const column of ['subject', 'complainantName', 'externalReference', 'reference']) where.orWhere(`c.${column} ILIKE :pattern`, { pattern });
    }));
  }
  return builder;
}

/** The mall's next midnight. */
function tomorrow(mallId: string | undefined, now: Date): Date {
  const { timeZone } = mallOf(mallId ?? 'main');
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return new Date(today.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
}

const sortValue = (row: ComplaintRow, sort: ComplaintsQuery['sort']): Date | null => (sort === 'due' ? row.nextDueAt : row.openedAt);

function page(builder: SelectQueryBuilder<ComplaintRow>, { sort, limit, cursor }: ComplaintsQuery): SelectQueryBuilder<ComplaintRow> {
  const column = sort === 'due' ? 'c.nextDueAt' : 'c.openedAt';
  const descends = sort === '-opened';
  builder.orderBy(column, descends ? 'DESC' : 'ASC', 'NULLS LAST').addOrderBy('c.id', 'ASC').limit(limit + 1);
  if (cursor === undefined) return builder;
  const { value, id } = decodeCursor(cursor, sort);
  if (value === '') return builder.andWhere(`${column} IS NULL AND c.id > :id`, { id });
  const beyond = descends ? '<' : '>';
  return builder.andWhere(`(${column} ${beyond} :value OR (${column} = :value AND c.id > :id) OR ${column} IS NULL)`, { value: new Date(value), id });
}
