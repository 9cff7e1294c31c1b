import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyDay, type BusinessCalendar, type OpeningSpan, type Weekday } from '../calendar/calendar.js';
import { addOpenTime, openTimeBetween } from './open-time.js';

const DAY_MS = 86_400_000;
const QUARTERS_A_DAY = 96;
const QUARTER_MS = 900_000;

/** Zones with whole-hour, half-hour and midnight daylight saving, a skipped day, and none; each with a time about its oddity. */
const places = [
  ['Asia/Shanghai', '2025-01-28T00:00:00Z'],
  ['America/New_York', '2011-03-13T00:00:00Z'],
  ['America/New_York', '2011-11-06T00:00:00Z'],
  ['Australia/Lord_Howe', '2011-04-02T00:00:00Z'],
  ['Australia/Lord_Howe', '2011-10-01T00:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T00:00:00Z'],
  ['America/Sao_Paulo', '2018-02-17T00:00:00Z'],
  ['America/Havana', '2011-11-13T00:00:00Z'],
  ['Pacific/Apia', '2011-12-30T00:00:00Z'],
  ['Europe/Dublin', '2011-10-30T00:00:00Z'],
] as const;

const timeOf = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

const span: fc.Arbitrary<OpeningSpan> = fc.tuple(fc.nat(QUARTERS_A_DAY), fc.nat(QUARTERS_A_DAY))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: timeOf(Math.min(a, b)), to: timeOf(Math.max(a, b)) }));
const spans = fc.array(span, { maxLength: 3 });

/** A calendar with spans at quarter hours, overlapping at times, and the time (epoch ms, a quarter hour) about which its zone is odd. */
const oddCalendar: fc.Arbitrary<{ readonly calendar: BusinessCalendar; readonly aboutMs: number }> = fc.record({
  place: fc.constantFrom(...places),
  weekly: fc.tuple(fc.array(span, { minLength: 1, maxLength: 3 }), spans, spans, spans, spans, spans, spans),
  closed: fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 3 }),
  opened: fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), spans), { maxLength: 2 }),
}).map(({ place: [timeZone, about], weekly, closed, opened }) => {
  const aboutMs = Date.parse(about);
  const dateAt = (days: number): string => new Date(aboutMs + days * DAY_MS).toISOString().slice(0, 10);
  return {
    aboutMs,
    calendar: {
      version: 'odd-1',
      timeZone,
      weekly: Object.fromEntries(weekly.map((day, index) => [index + 1, day])) as Record<Weekday, OpeningSpan[]>,
      closures: closed.map(dateAt),
      openings: opened.map(([days, extra]) => ({ date: dateAt(days), spans: extra })),
    },
  };
});

/** Milliseconds within some days of the odd time, so that closures, openings and daylight saving are met. */
const near = fc.integer({ min: -6 * DAY_MS, max: 6 * DAY_MS });
/** Far enough to cross blocks of days. */
const far = fc.integer({ min: -90 * DAY_MS, max: 90 * DAY_MS });
const amount = fc.integer({ min: 0, max: 30 * DAY_MS });

describe('open time between two times', () => {
  it('is what walking through the quarter hours finds', () => {
    fc.assert(fc.property(oddCalendar, fc.integer({ min: -300, max: 300 }), fc.nat(200), ({ calendar, aboutMs }, from, length) => {
      const fromMs = aboutMs + from * QUARTER_MS;
      expect(openTimeBetween(fromMs, fromMs + length * QUARTER_MS, calendar)).toBe(walk(fromMs, length, calendar));
    }), { numRuns: 60 });
  });

  it('adds up, never exceeds the wall time, and is none backwards', () => {
    fc.assert(fc.property(oddCalendar, far, far, far, ({ calendar, aboutMs }, ...times) => {
      const [a = 0, b = 0, c = 0] = times.map((time) => aboutMs + time).sort((x, y) => x - y);
      const whole = openTimeBetween(a, c, calendar);
      expect(openTimeBetween(a, b, calendar) + openTimeBetween(b, c, calendar)).toBe(whole);
      expect(whole).toBeGreaterThanOrEqual(0);
      expect(whole).toBeLessThanOrEqual(c - a);
      expect(openTimeBetween(c, a, calendar)).toBe(0);
    }));
  });

  it('is the wall time where it is always open', () => {
    const always: BusinessCalendar = { version: 'always', timeZone: 'America/New_York', weekly: everyDay({ from: '00:00', to: '24:00' }), closures: [], openings: [] };
    fc.assert(fc.property(far, amount, (start, ms) => {
      expect(openTimeBetween(start, start + ms, always)).toBe(ms);
      expect(addOpenTime(start, ms, always)).toBe(start + ms);
    }));
  });
});

describe('adding open time', () => {
  it('is undone by measuring it', () => {
    fc.assert(fc.property(oddCalendar, near, amount, ({ calendar, aboutMs }, start, ms) => {
      expect(openTimeBetween(aboutMs + start, addOpenTime(aboutMs + start, ms, calendar), calendar)).toBe(ms);
    }));
  });

  it('finds the earliest such time', () => {
    fc.assert(fc.property(oddCalendar, near, near, ({ calendar, aboutMs }, ...times) => {
      const [a = 0, b = 0] = times.map((time) => aboutMs + time).sort((x, y) => x - y);
      const found = addOpenTime(a, openTimeBetween(a, b, calendar), calendar);
      expect(found).toBeGreaterThanOrEqual(a);
      expect(found).toBeLessThanOrEqual(b);
      expect(openTimeBetween(found, b, calendar)).toBe(0);
      if (found > a) expect(openTimeBetween(found - 1, found, calendar)).toBe(1);
    }));
  });

  it('in parts is adding the whole, and starting later never ends earlier', () => {
    fc.assert(fc.property(oddCalendar, near, fc.nat(DAY_MS), amount, amount, ({ calendar, aboutMs }, start, delay, first, second) => {
      const startMs = aboutMs + start;
      const inParts = addOpenTime(addOpenTime(startMs, first, calendar), second, calendar);
      expect(inParts).toBe(addOpenTime(startMs, first + second, calendar));
      expect(addOpenTime(startMs + delay, first, calendar)).toBeGreaterThanOrEqual(addOpenTime(startMs, first, calendar));
    }));
  });
});

/**
 * The same figure by another way: what the clocks on the wall have shown at the latest so far (they may run back) is
 * held against the spans of its day, a quarter of an hour at a time.
 */
function walk(fromMs: number, quarters: number, calendar: BusinessCalendar): number {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.timeZone, dateStyle: 'short', timeStyle: 'short' });
  let shown = '';
  let open = 0;
  for (let ms = fromMs - DAY_MS; ms < fromMs + quarters * QUARTER_MS; ms += QUARTER_MS) {
    const now = wall.format(ms);
    if (now > shown) shown = now;
    if (ms >= fromMs && isOpenAt(shown, calendar)) open += QUARTER_MS;
  }
  return open;
}

function isOpenAt(local: string, { weekly, closures, openings }: BusinessCalendar): boolean {
  const [date = '', time = ''] = local.split(' ');
  const usual = closures.includes(date) ? [] : weekly[(new Date(date).getUTCDay() || 7) as Weekday];
  const extra = openings.filter((opening) => opening.date === date).flatMap(({ spans }) => spans);
  return [...usual, ...extra].some(({ from, to }) => from <= time && time < to);
}
