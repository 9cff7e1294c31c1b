import { describe, expect, it } from '@jest/globals';
import type { BusinessCalendar } from '../calendar/calendar.js';
import { calendars } from '../calendar/calendars.js';
import type { ClockFacts } from './facts.js';
import { dueOf, verdict } from './verdict.js';

const main = calendars['main-1'] as BusinessCalendar;
const boston = calendars['boston-1'] as BusinessCalendar;

/** A day of March 2025, Shanghai time. */
const on = (day: number, time: string): string => new Date(`2025-03-${String(day).padStart(2, '0')}T${time}:00+08:00`).toISOString();
const MINUTE_MS = 60_000;

const promise: ClockFacts = {
  clockId: 'promised-time-1', name: 'promised-time', mode: 'wall', startedAt: on(3, '10:00'), dueAt: on(3, '18:00'),
  policyVersion: 'desk-1', calendarVersion: 'main-1', pauses: [],
};
const reply: ClockFacts = { ...promise, clockId: 'acknowledge-1', name: 'acknowledge', mode: 'open', limitMs: 60 * MINUTE_MS, startedAt: on(3, '21:30'), dueAt: on(4, '10:30') };

describe('a running clock', () => {
  it('has time left, in its own time', () => {
    expect(verdict(promise, on(3, '17:00'), main)).toStrictEqual({ state: 'running', dueAt: on(3, '18:00'), remainingMs: 60 * MINUTE_MS });
    expect(verdict(reply, on(3, '23:00'), main)).toStrictEqual({ state: 'running', dueAt: on(4, '10:30'), remainingMs: 30 * MINUTE_MS });
  });

  it('is broken a millisecond after its due time, and for good', () => {
    expect(verdict(promise, on(3, '18:00'), main)).toStrictEqual({ state: 'running', dueAt: on(3, '18:00'), remainingMs: 0 });
    expect(verdict(promise, on(3, '18:00').replace('.000Z', '.001Z'), main)).toStrictEqual({ state: 'broken', dueAt: on(3, '18:00') });
    expect(verdict(promise, on(31, '18:00'), main)).toStrictEqual({ state: 'broken', dueAt: on(3, '18:00') });
  });

  it('may be due before it starts, as real promises are', () => {
    expect(verdict({ ...promise, dueAt: on(2, '00:00') }, on(3, '10:00'), main)).toStrictEqual({ state: 'broken', dueAt: on(2, '00:00') });
  });
});

describe('a stopped clock', () => {
  it.each([
    ['met', '17:59', 'done'], ['met', '18:00', 'done'], ['broken', '18:01', 'done'],
    ['met', '18:00', 'case-closed'], ['broken', '18:01', 'case-closed'],
    ['superseded', '18:00', 'superseded'], ['broken', '18:01', 'superseded'],
  ] as const)('is %s when stopped at %s (%s), at any later time', (state, time, stopWhy) => {
    const stopped = { ...promise, stoppedAt: on(3, time), stopWhy };
    for (const now of [on(3, '18:30'), on(31, '10:00')]) expect(verdict(stopped, now, main)).toStrictEqual({ state, dueAt: on(3, '18:00') });
  });

  it('while it stood still was stopped in time', () => {
    const stopped: ClockFacts = { ...promise, pauses: [{ from: on(3, '17:00') }], stoppedAt: on(5, '12:00'), stopWhy: 'done' };
    expect(verdict(stopped, on(6, '12:00'), main)).toStrictEqual({ state: 'met', dueAt: on(5, '13:00') });
    expect(dueOf(stopped, main)).toStrictEqual({ dueAt: on(5, '13:00') });
  });
});

describe('a clock that stands still', () => {
  const paused: ClockFacts = { ...promise, pauses: [{ from: on(3, '17:00') }] };

  it('has no due time, and keeps what was left', () => {
    expect(verdict(paused, on(9, '12:00'), main)).toStrictEqual({ state: 'paused', remainingMs: 60 * MINUTE_MS });
    expect(dueOf(paused, main)).toStrictEqual({ pausedSince: on(3, '17:00') });
  });

  it('ran before it was paused', () => {
    expect(verdict(paused, on(3, '16:00'), main)).toStrictEqual({ state: 'running', dueAt: on(3, '18:00'), remainingMs: 120 * MINUTE_MS });
  });

  it('stands still within a pause whose end is known already', () => {
    const known: ClockFacts = { ...promise, pauses: [{ from: on(3, '17:00'), to: on(3, '17:30') }] };
    expect(verdict(known, on(3, '17:29'), main)).toStrictEqual({ state: 'paused', remainingMs: 60 * MINUTE_MS });
    expect(verdict(known, on(3, '17:30'), main)).toStrictEqual({ state: 'running', dueAt: on(3, '18:30'), remainingMs: 60 * MINUTE_MS });
  });

  it('is not one that was paused at its due time or later: that heals nothing', () => {
    for (const from of [on(3, '18:00'), on(3, '19:00')]) {
      for (const pause of [{ from }, { from, to: on(9, '12:00') }]) {
        expect(verdict({ ...promise, pauses: [pause] }, on(4, '12:00'), main)).toStrictEqual({ state: 'broken', dueAt: on(3, '18:00') });
      }
    }
  });
});

describe('pauses', () => {
  it('move the due time by their length: wall time for one clock, opening hours for the other', () => {
    const night = [{ from: on(3, '21:45'), to: on(4, '10:15') }];
    expect(dueOf({ ...promise, dueAt: on(3, '22:30'), pauses: night }, main)).toStrictEqual({ dueAt: on(4, '11:00') });
    expect(dueOf({ ...reply, pauses: night }, main)).toStrictEqual({ dueAt: on(4, '11:00') });
    expect(dueOf({ ...reply, pauses: [{ from: on(3, '22:10'), to: on(4, '09:50') }] }, main)).toStrictEqual({ dueAt: on(4, '10:30') });
  });

  it('that overlap count once, in whatever order they are listed', () => {
    const pauses = [{ from: on(3, '12:00'), to: on(3, '14:00') }, { from: on(3, '11:00'), to: on(3, '13:00') }, { from: on(3, '14:00'), to: on(3, '14:30') }];
    expect(dueOf({ ...promise, pauses }, main)).toStrictEqual({ dueAt: on(3, '21:30') });
    expect(dueOf({ ...promise, pauses: pauses.toReversed() }, main)).toStrictEqual({ dueAt: on(3, '21:30') });
  });

  it('count by the due time as the earlier ones have moved it', () => {
    const pauses = [{ from: on(3, '17:00'), to: on(3, '19:00') }, { from: on(3, '19:30'), to: on(3, '20:00') }, { from: on(3, '20:30'), to: on(3, '21:00') }];
    expect(dueOf({ ...promise, pauses }, main)).toStrictEqual({ dueAt: on(3, '20:30') });
  });

  it('count from the clock\'s start, and not at all when they ended before it or run backwards', () => {
    expect(dueOf({ ...promise, pauses: [{ from: on(3, '09:00'), to: on(3, '10:30') }] }, main)).toStrictEqual({ dueAt: on(3, '18:30') });
    expect(dueOf({ ...promise, pauses: [{ from: on(3, '08:00'), to: on(3, '09:00') }] }, main)).toStrictEqual({ dueAt: on(3, '18:00') });
    expect(dueOf({ ...promise, pauses: [{ from: on(3, '13:00'), to: on(3, '12:00') }] }, main)).toStrictEqual({ dueAt: on(3, '18:00') });
  });
});

describe('a stored due time', () => {
  it('stands, whatever limit, hours or time zone would give today', () => {
    for (const [clock, calendar] of [[promise, boston], [reply, boston], [{ ...reply, limitMs: 1 }, main]] as const) {
      expect(dueOf(clock, calendar)).toStrictEqual({ dueAt: clock.dueAt });
      expect(verdict(clock, clock.dueAt, calendar)).toMatchObject({ state: 'running', remainingMs: 0 });
    }
  });
});
