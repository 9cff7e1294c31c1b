import type { Clock } from '../../api.js';
import { clockTimeBetween } from '../clock-time.js';
import type { Messages } from '../../language/en.js';

export interface ClockVerdict {
  readonly tone: 'running' | 'soon' | 'overdue' | 'paused' | 'met' | 'broken' | 'superseded';
  readonly word: string;
  /** How far from the deadline, either way; absent where nothing can be said. */
  readonly distance?: string;
}

/** A clock looks urgent in the last third of its time, and not before its last two hours. */
const SOON_SHARE = 1 / 3;
const SOON_MS = 2 * 60 * 60_000;

/** The state of a clock in words, at a time in milliseconds since 1970. */
export const clockVerdict = (clock: Clock, now: number, m: Messages, duration: (durationMs: number) => string): ClockVerdict => {
  const dueAtMs = clock.dueAt === null ? undefined : Date.parse(clock.dueAt);
  const stoppedAtMs = clock.stoppedAt == null ? undefined : Date.parse(clock.stoppedAt);
  const word = m.case.clockStates[clock.state] ?? clock.state;
  if (clock.state === 'superseded') return { tone: 'superseded', word };
  if (clock.state === 'paused') return { tone: 'paused', word, ...(clock.remainingMs != null && { distance: m.case.leftOnResume(duration(clock.remainingMs)) }) };
  if (dueAtMs === undefined) return { tone: clock.state, word };
  if (stoppedAtMs !== undefined) {
    const spareMs = clockTimeBetween(clock, stoppedAtMs, dueAtMs);
    return { tone: clock.state, word, distance: spareMs >= 0 ? m.case.early(duration(spareMs)) : m.case.late(duration(-spareMs)) };
  }
  const leftMs = clockTimeBetween(clock, now, dueAtMs);
  if (now > dueAtMs) return { tone: 'overdue', word: m.case.overdueNow, ...(leftMs < 0 && { distance: m.case.overBy(duration(-leftMs)) }) };
  const wholeMs = clockTimeBetween(clock, Date.parse(clock.startedAt), dueAtMs);
  return { tone: leftMs <= Math.min(SOON_MS, wholeMs * SOON_SHARE) ? 'soon' : 'running', word, distance: m.case.left(duration(leftMs)) };
};
