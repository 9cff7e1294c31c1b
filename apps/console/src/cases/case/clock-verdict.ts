import type { Clock } from '../../api.js';
import type { Messages } from '../../language/en.js';

export interface ClockVerdict {
  readonly tone: 'running' | 'overdue' | 'paused' | 'met' | 'broken' | 'superseded';
  readonly word: string;
  /** How far from the deadline, either way; absent where nothing can be said. */
  readonly distance?: string;
}

/** The state of a clock in words, at a time in milliseconds since 1970. */
export const clockVerdict = (clock: Clock, now: number, m: Messages, duration: (durationMs: number) => string): ClockVerdict => {
  const dueAtMs = clock.dueAt === null ? undefined : Date.parse(clock.dueAt);
  const stoppedAtMs = clock.stoppedAt == null ? undefined : Date.parse(clock.stoppedAt);
  const word = m.case.clockStates[clock.state] ?? clock.state;
  if (clock.state === 'superseded') return { tone: 'superseded', word };
  if (clock.state === 'paused') return { tone: 'paused', word, ...(clock.remainingMs != null && { distance: m.case.leftOnResume(duration(clock.remainingMs)) }) };
  if (dueAtMs === undefined) return { tone: clock.state, word };
  if (stoppedAtMs !== undefined) {
    const spareMs = dueAtMs - stoppedAtMs;
    // A clock of opening hours may stop before a night that its limit does not count: that night was not to spare.
    if (clock.mode === 'open' && clock.limitMs != null && spareMs > clock.limitMs) return { tone: clock.state, word };
    return { tone: clock.state, word, distance: spareMs >= 0 ? m.case.early(duration(spareMs)) : m.case.late(duration(spareMs)) };
  }
  if (now > dueAtMs) return { tone: 'overdue', word: m.case.overdueNow, distance: m.case.overBy(duration(now - dueAtMs)) };
  return { tone: 'running', word, distance: m.case.left(duration(dueAtMs - now)) };
};
