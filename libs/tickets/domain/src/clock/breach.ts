import type { Instant } from '../instant.js';
import { calendarOf, type Reference } from '../reference.js';
import type { ClockFacts } from './facts.js';
import { dueOf } from './verdict.js';

/** A due time that a clock may run past. A pause that is recorded late gives the clock a new one, with a breach of its own. */
export interface Breach {
  readonly clockId: string;
  readonly dueAt: Instant;
}

/** Names a breach within its case. */
export const breachKey = ({ clockId, dueAt }: Breach): string => `${clockId} due ${dueAt}`;

/** What the running clocks are due for and the system has not noticed. One that stands still is due for nothing. */
export const unnoticedBreaches = (clocks: readonly ClockFacts[], noticed: readonly string[], reference: Reference): readonly Breach[] =>
  clocks
    .filter(({ stoppedAt }) => stoppedAt === undefined)
    .flatMap((clock) => {
      const { dueAt } = dueOf(clock, calendarOf(reference, clock.calendarVersion));
      return dueAt === undefined ? [] : [{ clockId: clock.clockId, dueAt }];
    })
    .filter((breach) => !noticed.includes(breachKey(breach)));
