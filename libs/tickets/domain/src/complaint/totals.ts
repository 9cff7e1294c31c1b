import { latestClock } from '../clock/latest.js';
import { verdict } from '../clock/verdict.js';
import type { Instant } from '../instant.js';
import { calendarOf, type Reference } from '../reference.js';
import { clocksOf, isOpen, type ComplaintState } from './state.js';

/** Figures over many complaints at one time. A case's promise is its latest one. */
export interface ComplaintTotals {
  readonly cases: number;
  readonly closed: number;
  readonly open: number;
  readonly promisesKept: number;
  /** `closedLate` + `openOverdue`. */
  readonly promisesBroken: number;
  /** Resolved or closed after the promised time. */
  readonly closedLate: number;
  /** Promised for a time that has passed, and neither resolved nor closed. */
  readonly openOverdue: number;
  /** Cases that were never routed are in none. */
  readonly byDepartment: Readonly<Record<string, number>>;
  readonly byChannel: Readonly<Record<string, number>>;
}

export const noComplaints: ComplaintTotals = {
  cases: 0, closed: 0, open: 0, promisesKept: 0, promisesBroken: 0, closedLate: 0, openOverdue: 0, byDepartment: {}, byChannel: {},
};

/** The totals with one more complaint, judged at `now`. One that was never registered changes nothing. */
export function countComplaint(totals: ComplaintTotals, state: ComplaintState, now: Instant, reference: Reference): ComplaintTotals {
  if (state.status === 'unregistered') return totals;
  const { department, channel } = state.facts;
  const promise = latestClock(clocksOf(state), 'promised-time');
  const judged = promise && verdict(promise, now, calendarOf(reference, promise.calendarVersion)).state;
  const late = judged === 'broken' && promise?.stoppedAt !== undefined;
  const overdue = judged === 'broken' && promise?.stoppedAt === undefined;
  return {
    cases: totals.cases + 1,
    closed: totals.closed + one(!isOpen(state)),
    open: totals.open + one(isOpen(state)),
    promisesKept: totals.promisesKept + one(judged === 'met'),
    promisesBroken: totals.promisesBroken + one(judged === 'broken'),
    closedLate: totals.closedLate + one(late),
    openOverdue: totals.openOverdue + one(overdue),
    byDepartment: department === undefined ? totals.byDepartment : increased(totals.byDepartment, department),
    byChannel: increased(totals.byChannel, channel),
  };
}

const one = (counts: boolean): number => (counts ? 1 : 0);

const increased = (counts: Readonly<Record<string, number>>, key: string): Readonly<Record<string, number>> =>
  ({ ...counts, [key]: (Object.hasOwn(counts, key) ? counts[key] ?? 0 : 0) + 1 });
