import type { BusinessCalendar } from '../calendar/calendar.js';
import { toInstant, toMs, type Instant } from '../instant.js';
import type { ClockFacts, ClockMode, Pause } from './facts.js';
import { addOpenTime, openTimeBetween } from './open-time.js';

/**
 * `met`: stopped at or before its due time. `broken`: stopped after it, or still running past it; a clock that was
 * replaced after its due time stays broken. `superseded`: replaced in time.
 */
export const clockStates = ['running', 'paused', 'met', 'broken', 'superseded'] as const;
export type ClockState = (typeof clockStates)[number];

export interface Verdict {
  readonly state: ClockState;
  /** Extended by the pauses; absent while paused. */
  readonly dueAt?: Instant;
  /** Until it is due, in the clock's own time (open hours or wall); only while running or paused. */
  readonly remainingMs?: number;
}

/** Where the pauses that are known put the due time: a time, or nothing while a pause lasts. */
export interface Due {
  readonly dueAt?: Instant;
  readonly pausedSince?: Instant;
}

/**
 * What the facts amount to at `now`. Only they count: neither the order in which they arrived nor whether the system
 * noticed a breach. A stop is final, even one that lies a moment ahead. `calendar` is the one the clock started under.
 */
export function verdict(clock: ClockFacts, now: Instant, calendar: BusinessCalendar): Verdict {
  const nowMs = clock.stoppedAt === undefined ? toMs(now) : Infinity;
  const { dueMs, pause } = extend(clock, calendar, nowMs);
  if (pause) return { state: 'paused', remainingMs: elapsed(clock.mode, pause.fromMs, dueMs, calendar) };
  const dueAt = toInstant(dueMs);
  if (clock.stoppedAt !== undefined) {
    if (toMs(clock.stoppedAt) > dueMs) return { state: 'broken', dueAt };
    return { state: clock.stopWhy === 'superseded' ? 'superseded' : 'met', dueAt };
  }
  if (nowMs > dueMs) return { state: 'broken', dueAt };
  return { state: 'running', dueAt, remainingMs: elapsed(clock.mode, nowMs, dueMs, calendar) };
}

/** The due time for a read model, which has no `now`: for a stopped clock the one it is judged by. */
export function dueOf(clock: ClockFacts, calendar: BusinessCalendar): Due {
  const { dueMs, pause } = extend(clock, calendar, Infinity);
  return pause ? { pausedSince: toInstant(pause.fromMs) } : { dueAt: toInstant(dueMs) };
}

interface Extension {
  readonly dueMs: number;
  /** The pause that lasts at `nowMs`; `dueMs` is then the due time as it was when the pause began. */
  readonly pause?: Interval;
}

/**
 * Each pause that begins before the due time moves it by the pause's own length, in the clock's time. A pause that
 * begins later heals nothing, so a broken clock stays broken. Pauses that begin after `nowMs` are not looked at.
 */
function extend(clock: ClockFacts, calendar: BusinessCalendar, nowMs: number): Extension {
  let dueMs = toMs(clock.dueAt);
  if (clock.pauses.length === 0) return { dueMs };
  const endMs = clock.stoppedAt === undefined ? Infinity : toMs(clock.stoppedAt);
  for (const pause of union(clock.pauses, toMs(clock.startedAt), endMs)) {
    if (pause.fromMs >= dueMs || pause.fromMs > nowMs) break;
    if (pause.toMs === Infinity || pause.toMs > nowMs) return { dueMs, pause };
    dueMs = advance(clock.mode, dueMs, elapsed(clock.mode, pause.fromMs, pause.toMs, calendar), calendar);
  }
  return { dueMs };
}

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Disjoint and in order, within the clock's life. */
function union(pauses: readonly Pause[], startMs: number, endMs: number): readonly Interval[] {
  const merged: Interval[] = [];
  const within = pauses
    .map(({ from, to }) => ({ fromMs: Math.max(toMs(from), startMs), toMs: Math.min(to === undefined ? Infinity : toMs(to), endMs) }))
    .filter(({ fromMs, toMs: until }) => fromMs < until)
    .sort((a, b) => a.fromMs - b.fromMs);
  for (const next of within) {
    const last = merged.at(-1);
    if (last && next.fromMs <= last.toMs) merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, next.toMs) };
    else merged.push(next);
  }
  return merged;
}

/** Milliseconds from one time to another on the clock's own scale; 0 when the second is not later. */
export const elapsed = (mode: ClockMode, fromMs: number, toMs: number, calendar: BusinessCalendar): number =>
  mode === 'open' ? openTimeBetween(fromMs, toMs, calendar) : Math.max(0, toMs - fromMs);

/** The time that lies `ms` later on the clock's own scale. */
export const advance = (mode: ClockMode, fromMs: number, ms: number, calendar: BusinessCalendar): number =>
  mode === 'open' ? addOpenTime(fromMs, ms, calendar) : fromMs + ms;
