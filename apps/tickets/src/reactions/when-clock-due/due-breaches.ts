import { derivedId } from '@atrium/http';
import { breachKey, builtInReference, unnoticedBreaches, type Breach } from '@atrium/tickets-domain';
import type { DataSource } from 'typeorm';
import { ComplaintEntity, type ComplaintRow } from '../../views/complaints/complaints.entity.js';

/** A due time that has passed, as the read model knows it. */
export interface DueBreach extends Breach {
  readonly complaintId: string;
  readonly mallId: string;
  /** The same however often and by whomever it is found. */
  readonly commandId: string;
}

/** Where a page of due complaints ended. */
export interface Place {
  readonly nextBreachAt: Date;
  readonly id: string;
}

export interface DuePage {
  readonly breaches: readonly DueBreach[];
  /** Absent on the last page. */
  readonly next?: Place;
}

type DueRow = Pick<ComplaintRow, 'id' | 'mallId' | 'clocks' | 'breachesNoticed' | 'nextBreachAt'>;

/** Complaints with a due time before `now` whose breach is not noticed, the longest overdue first. */
export async function findDueBreaches(dataSource: DataSource, now: Date, after: Place | undefined, limit: number): Promise<DuePage> {
  const due = dataSource.getRepository(ComplaintEntity).createQueryBuilder('c')
    .select(['c.id', 'c.mallId', 'c.clocks', 'c.breachesNoticed', 'c.nextBreachAt'])
    .where('c.nextBreachAt < :now', { now }).orderBy('c.nextBreachAt', 'ASC').addOrderBy('c.id', 'ASC').limit(limit);
  if (after) due.andWhere('(c.nextBreachAt > :at OR (c.nextBreachAt = :at AND c.id > :id))', { at: after.nextBreachAt, id: after.id });
  const rows: readonly DueRow[] = await due.getMany();
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    breaches: rows.flatMap((row) => breachesOf(row, now)),
    ...(last?.nextBreachAt ? { next: { nextBreachAt: last.nextBreachAt, id: last.id } } : {}),
  };
}

const breachesOf = ({ id, mallId, clocks, breachesNoticed }: DueRow, now: Date): readonly DueBreach[] =>
  unnoticedBreaches(clocks.known, breachesNoticed, builtInReference)
    .filter(({ dueAt }) => dueAt < now.toISOString())
    .map((breach) => ({ ...breach, complaintId: id, mallId, commandId: derivedId(id, `breach of ${breachKey(breach)}`) }));
