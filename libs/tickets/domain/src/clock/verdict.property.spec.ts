import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BusinessCalendar } from '../calendar/calendar.js';
import { calendars } from '../calendar/calendars.js';
import { toInstant, toMs } from '../instant.js';
import { evolveClocks, noClocks } from './evolve.js';
import type { ClockEvent, ClockFacts, ClockMode, StopReason } from './facts.js';
import { advance, dueOf, verdict, type Verdict } from './verdict.js';

const main = calendars['main-1'] as BusinessCalendar;
const MINUTE_MS = 60_000;
const DAY = 1_440;

/** Times are minutes after a Monday's midnight in Shanghai. */
const START_MS = toMs('2025-03-03T00:00:00.000+08:00');
const at = (minute: number): string => toInstant(START_MS + minute * MINUTE_MS);

/** Of stops at the same minute the first of these counts. */
const reasons: readonly StopReason[] = ['done', 'superseded', 'case-closed'];

interface Life {
  readonly mode: ClockMode;
  readonly start: number;
  readonly limit: number;
  readonly pauses: readonly { readonly from: number; readonly to: number | undefined }[];
  /** All but the earliest were recorded by mistake or too late to matter. */
  readonly stops: readonly { readonly minute: number; readonly why: StopReason }[];
}

const life: fc.Arbitrary<Life> = fc.record({
  mode: fc.constantFrom('open', 'wall'),
  start: fc.nat(2 * DAY),
  limit: fc.nat(DAY),
  pauses: fc.array(fc.record({ from: fc.nat(5 * DAY), length: fc.nat(DAY) }), { maxLength: 4 }),
  lasting: fc.option(fc.nat(5 * DAY), { nil: undefined, freq: 3 }),
  stops: fc.array(fc.record({ after: fc.oneof(fc.nat(4 * DAY), fc.nat(2)), why: fc.constantFrom(...reasons) }), { maxLength: 2 }),
}).map(({ pauses, lasting, stops, ...rest }) => ({
  ...rest,
  pauses: [
    ...pauses.map(({ from, length }) => ({ from, to: from + length })),
    ...(lasting === undefined ? [] : [{ from: lasting, to: undefined }]),
  ],
  stops: stops.map(({ after, why }) => ({ minute: rest.start + after, why })),
}));

const clockId = 'promised-time-1';

/** The facts of a life as events, in the order of a stream. */
function eventsOf({ mode, start, limit, pauses, stops }: Life): readonly ClockEvent[] {
  const dueAt = toInstant(advance(mode, toMs(at(start)), limit * MINUTE_MS, main));
  return [
    { type: 'ClockStarted', data: { clockId, name: 'promised-time', mode, dueAt, policyVersion: 'desk-1', calendarVersion: 'main-1' }, occurredAt: at(start) },
    ...pauses.flatMap(({ from, to }): ClockEvent[] => [
      { type: 'ClockPaused', data: { clockId }, occurredAt: at(from) },
      ...(to === undefined ? [] : [{ type: 'ClockResumed' as const, data: { clockId, dueAt }, occurredAt: at(to) }]),
    ]),
    ...stops.map(({ minute: stopped, why }): ClockEvent => ({ type: 'ClockStopped', data: { clockId, why }, occurredAt: at(stopped) })),
  ];
}

const noticed: ClockEvent = { type: 'ClockBreached', data: { clockId, dueAt: at(0) }, occurredAt: at(0) };

function fold(events: readonly ClockEvent[]): ClockFacts {
  const [facts] = events.reduce(evolveClocks, noClocks).known;
  if (!facts) throw new Error('no clock was started');
  return facts;
}

const judge = (events: readonly ClockEvent[], minute: number): Verdict => verdict(fold(events), at(minute), main);

/** A life, and its events in some other order. */
const shuffled = life.chain((one) => {
  const events = eventsOf(one);
  return fc.record({ events: fc.constant(events), other: fc.shuffledSubarray([...events], { minLength: events.length }) });
});
const minute = fc.nat(9 * DAY);

describe('the verdict', () => {
  it('is what counting the minutes finds', () => {
    fc.assert(fc.property(life, minute, (one, now) => {
      expect(judge(eventsOf(one), now).state).toBe(count(one, now));
    }), { numRuns: 500 });
  });

  it('is the same in every order of arrival', () => {
    fc.assert(fc.property(shuffled, minute, ({ events, other }, now) => {
      expect(judge(other, now)).toStrictEqual(judge(events, now));
      expect(fold(other)).toStrictEqual(fold(events));
    }), { numRuns: 500 });
  });

  it('is the same with and without the scheduler', () => {
    fc.assert(fc.property(shuffled, fc.array(fc.nat(12), { maxLength: 3 }), minute, ({ events, other }, places, now) => {
      const withBreaches = places.reduce<readonly ClockEvent[]>((some, place) => some.toSpliced(place, 0, noticed), other);
      expect(judge(withBreaches, now)).toStrictEqual(judge(events, now));
    }));
  });

  it('once broken stays broken, and once the clock is stopped does not change', () => {
    fc.assert(fc.property(life, minute, minute, (one, ...times) => {
      const [earlier = 0, later = 0] = times.sort((a, b) => a - b);
      const events = eventsOf(one);
      const before = judge(events, earlier);
      const after = judge(events, later);
      if (before.state === 'broken' || one.stops.length > 0) expect(after).toStrictEqual(before);
      if (before.state === 'running' && after.state === 'running') expect(after.remainingMs).toBeLessThanOrEqual(before.remainingMs ?? 0);
    }), { numRuns: 500 });
  });

  it('is never harsher for a pause more, nor for an earlier stop', () => {
    fc.assert(fc.property(life, fc.nat(5 * DAY), fc.nat(DAY), fc.nat(DAY), minute, (one, from, length, sooner, now) => {
      const broken = (other: Life): boolean => judge(eventsOf(other), now).state === 'broken';
      if (broken(one)) return;
      expect(broken({ ...one, pauses: [...one.pauses, { from, to: from + length }] })).toBe(false);
      expect(broken({ ...one, stops: one.stops.map(({ minute: stopped, why }) => ({ minute: Math.max(one.start, stopped - sooner), why })) })).toBe(false);
    }), { numRuns: 300 });
  });

  it('follows the due time that a read model keeps', () => {
    fc.assert(fc.property(life, minute, (one, later) => {
      const facts = fold(eventsOf(one));
      const now = later + Math.max(one.start, ...one.pauses.flatMap(({ from, to }) => [from, to ?? from]));
      const { dueAt, pausedSince } = dueOf(facts, main);
      expect((dueAt === undefined) !== (pausedSince === undefined)).toBe(true);
      if (dueAt === undefined) expect(judge(eventsOf(one), now).state).toBe('paused');
      else if (facts.stoppedAt === undefined) expect(judge(eventsOf(one), now).state).toBe(at(now) > dueAt ? 'broken' : 'running');
      else expect(judge(eventsOf(one), now).state === 'broken').toBe(facts.stoppedAt > dueAt);
    }));
  });
});

describe('several clocks of a case', () => {
  it('do not touch each other', () => {
    fc.assert(fc.property(life, life, fc.infiniteStream(fc.boolean()), minute, (one, two, first, now) => {
      const others = eventsOf(two).map((event) => ({ ...event, data: { ...event.data, clockId: 'promised-time-2' } }) as ClockEvent);
      const clocks = interleave(eventsOf(one), others, first).reduce(evolveClocks, noClocks);
      for (const [id, alone] of [[clockId, eventsOf(one)], ['promised-time-2', others]] as const) {
        const facts = clocks.known.find((known) => known.clockId === id);
        expect(facts && verdict(facts, at(now), main)).toStrictEqual(judge(alone, now));
      }
      expect(clocks.early).toStrictEqual([]);
    }));
  });
});

function interleave<Value>(a: readonly Value[], b: readonly Value[], first: fc.Stream<boolean>): readonly Value[] {
  const left = [...a];
  const right = [...b];
  const merged: Value[] = [];
  for (const fromLeft of first) {
    const next = (fromLeft ? left : right).shift() ?? left.shift() ?? right.shift();
    if (next === undefined) break;
    merged.push(next);
  }
  return merged;
}

/**
 * The same by another way: the clock ticks, minute by minute, when nobody is waited for (and the mall is open, for a
 * clock of opening hours), until its limit is used up.
 */
function count({ mode, start, limit, pauses, stops }: Life, now: number): Verdict['state'] {
  const [stop] = stops.toSorted((a, b) => a.minute - b.minute || reasons.indexOf(a.why) - reasons.indexOf(b.why));
  const end = stop?.minute ?? now;
  let used = 0;
  let due = Infinity;
  for (let at = start; at <= Math.max(start, end) && due === Infinity; at += 1) {
    if (used >= limit) due = at;
    const paused = pauses.some(({ from, to }) => from <= at && (to === undefined || at < to));
    if (!paused && (mode === 'wall' || (at % DAY >= 600 && at % DAY < 1_320))) used += 1;
  }
  if (stop) return end > due ? 'broken' : stop.why === 'superseded' ? 'superseded' : 'met';
  if (now > due) return 'broken';
  return pauses.some(({ from, to = Infinity }) => Math.max(from, start) <= now && now < to) && due > now ? 'paused' : 'running';
}
