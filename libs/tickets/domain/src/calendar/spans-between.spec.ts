import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openTimeBetween } from '../clock/open-time.js';
import { toInstant, toMs } from '../instant.js';
import { everyDay, type BusinessCalendar } from './calendar.js';
import { openSpansBetween } from './spans-between.js';

const calendar: BusinessCalendar = {
  version: 'spec', timeZone: 'Asia/Shanghai', weekly: everyDay({ from: '10:00', to: '14:00' }, { from: '15:00', to: '22:00' }),
  closures: ['2025-03-05'], openings: [],
};
const march = (day: number, time: string): string => toInstant(Date.parse(`2025-03-01T${time}:00+08:00`) + (day - 1) * 86_400_000);

describe('open spans between two times', () => {
  it('are cut to the two, and skip nights, breaks and closures', () => {
    expect(openSpansBetween(march(4, '13:00'), march(6, '11:00'), calendar, 10)).toStrictEqual([
      { from: march(4, '13:00'), to: march(4, '14:00') }, { from: march(4, '15:00'), to: march(4, '22:00') }, { from: march(6, '10:00'), to: march(6, '11:00') },
    ]);
    expect(openSpansBetween(march(4, '22:00'), march(5, '23:00'), calendar, 10)).toStrictEqual([]);
    expect(openSpansBetween(march(4, '12:00'), march(4, '12:00'), calendar, 10)).toStrictEqual([]);
  });

  it('are no more than asked for', () => {
    expect(openSpansBetween(march(1, '00:00'), march(400, '00:00'), calendar, 3)).toHaveLength(3);
  });

  it('add up to the open time', () => {
    const minutes = fc.integer({ min: 29_000_000, max: 29_200_000 });
    fc.assert(fc.property(minutes, minutes, (one, other) => {
      const [from, to] = [Math.min(one, other) * 60_000, Math.max(one, other) * 60_000];
      const spans = openSpansBetween(toInstant(from), toInstant(to), calendar, 1_000);
      expect(spans.reduce((sum, span) => sum + toMs(span.to) - toMs(span.from), 0)).toBe(openTimeBetween(from, to, calendar));
    }));
  });
});
