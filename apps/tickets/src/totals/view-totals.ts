import type { DataSource, EntityManager } from 'typeorm';
import { Problem } from '@atrium/http';
import { servingPosition } from '@atrium/runners';
import type { Totals } from './log-totals.js';

/** The same figures from the read models, and the position they hold: one snapshot. Undefined before there are tables. */
export const viewTotals = (dataSource: DataSource, now: string): Promise<{ totals: Totals; position: bigint } | undefined> =>
  dataSource.transaction('REPEATABLE READ', async (manager) => {
    const position = await servingPosition(manager, 'complaints');
    if (position === undefined) return undefined;
    const timelinePosition = await servingPosition(manager, 'complaint-timeline');
    if (timelinePosition !== position) throw new Problem(409, 'views-apart', 'One of the read models is being brought up to the others. Ask again.');
    const [figures] = await manager.query<Record<string, string>[]>(FIGURES, [now]);
    const [timeline] = await manager.query<{ events: string }[]>('SELECT count(*) AS events FROM complaint_timeline');
    const figure = (name: string) => Number(figures?.[name] ?? 0);
    return {
      position,
      totals: {
        cases: figure('cases'), closed: figure('closed'), open: figure('open'),
        promisesKept: figure('kept'), promisesBroken: figure('late') + figure('overdue'), closedLate: figure('late'), openOverdue: figure('overdue'),
        byDepartment: await countBy(manager, 'department'), byChannel: await countBy(manager, 'channel'),
        events: Number(timeline?.events ?? 0),
      },
    };
  });

/** A clock that stopped when it was due has kept its promise; one that runs is broken once that time has passed. */
const FIGURES = `
  SELECT count(*) AS cases, count(*) FILTER (WHERE NOT open) AS closed, count(*) FILTER (WHERE open) AS open,
    count(*) FILTER (WHERE promise_stopped_at <= promise_due_at) AS kept,
    count(*) FILTER (WHERE promise_stopped_at > promise_due_at) AS late,
    count(*) FILTER (WHERE promise_stopped_at IS NULL AND promise_due_at < $1::timestamptz) AS overdue
  FROM complaints`;

async function countBy(manager: EntityManager, column: 'department' | 'channel'): Promise<Record<string, number>> {
  const rows = await manager.query<{ value: string; count: string }[]>(
    `SELECT ${column} AS value, count(*) AS count FROM complaints WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY count(*) DESC, ${column}`,
  );
  return Object.fromEntries(rows.map(({ value, count }) => [value, Number(count)]));
}
