import { describe, expect, it } from '@jest/globals';
import { everyDay, type BusinessCalendar } from '../calendar/calendar.js';
import { calendars } from '../calendar/calendars.js';
import { toInstant, toMs } from '../instant.js';
import { addOpenTime, openTimeBetween } from './open-time.js';

const HOUR_MS = 3_600_000;
const calendar = (timeZone: string, changes: Partial<BusinessCalendar> = {}): BusinessCalendar =>
  ({ version: 'test-1', timeZone, weekly: everyDay({ from: '10:00', to: '22:00' }), closures: [], openings: [], ...changes });

const hours = (from: string, to: string, open: BusinessCalendar): number => openTimeBetween(toMs(from), toMs(to), open) / HOUR_MS;
const after = (start: string, openHours: number, open: BusinessCalendar): string => toInstant(addOpenTime(toMs(start), openHours * HOUR_MS, open));

describe('opening hours in Shanghai', () => {
  const main = calendars['main-1'] as BusinessCalendar;

  it('are twelve a day, whenever the day is looked at', () => {
    expect(hours('2025-03-03T00:00:00+08:00', '2025-03-04T00:00:00+08:00', main)).toBe(12);
    expect(hours('2025-03-03T15:30:00+08:00', '2025-03-04T15:30:00+08:00', main)).toBe(12);
    expect(hours('2025-03-03T22:00:00+08:00', '2025-03-04T10:00:00+08:00', main)).toBe(0);
    expect(hours('2025-03-03T21:00:00+08:00', '2025-03-04T11:30:00+08:00', main)).toBe(2.5);
    expect(hours('2024-01-01T00:00:00+08:00', '2025-01-01T00:00:00+08:00', main)).toBe(366 * 12);
  });

  it('do not run backwards', () => expect(hours('2025-03-04T12:00:00+08:00', '2025-03-03T12:00:00+08:00', main)).toBe(0));

  it('end rather than begin: what uses up a day is due at its closing', () => {
    expect(after('2025-03-03T21:45:00+08:00', 0.25, main)).toBe('2025-03-03T14:00:00.000Z');
    expect(after('2025-03-03T22:00:00+08:00', 0.25, main)).toBe('2025-03-04T02:15:00.000Z');
    expect(after('2025-03-03T03:00:00+08:00', 12, main)).toBe('2025-03-03T14:00:00.000Z');
    expect(after('2025-03-03T03:00:00+08:00', 0, main)).toBe('2025-03-02T19:00:00.000Z');
  });

  it('reach back before 1970', () => expect(hours('1960-02-28T00:00:00+08:00', '1960-03-01T00:00:00+08:00', main)).toBe(24));
});

describe('a calendar', () => {
  const lunch = everyDay({ from: '14:00', to: '18:00' }, { from: '09:00', to: '12:30' });

  it('may have several spans a day, in any order', () => {
    const shop = calendar('Asia/Shanghai', { weekly: lunch });
    expect(hours('2025-03-03T00:00:00+08:00', '2025-03-04T00:00:00+08:00', shop)).toBe(7.5);
    expect(hours('2025-03-03T12:00:00+08:00', '2025-03-03T14:15:00+08:00', shop)).toBe(0.75);
    expect(after('2025-03-03T12:00:00+08:00', 0.75, shop)).toBe('2025-03-03T06:15:00.000Z');
  });

  it('may differ by the day of the week', () => {
    const weekdays = calendar('Asia/Shanghai', { weekly: { ...lunch, 6: [], 7: [{ from: '00:00', to: '24:00' }] } });
    expect(hours('2025-03-01T00:00:00+08:00', '2025-03-02T00:00:00+08:00', weekdays)).toBe(0);
    expect(hours('2025-03-02T00:00:00+08:00', '2025-03-03T00:00:00+08:00', weekdays)).toBe(24);
    expect(hours('2025-03-03T00:00:00+08:00', '2025-03-04T00:00:00+08:00', weekdays)).toBe(7.5);
  });

  it('is shut on a closure, open on an opening, and both together make a shorter day', () => {
    const holidays = calendar('Asia/Shanghai', {
      closures: ['2025-01-29', '2025-01-30'],
      openings: [
        { date: '2025-01-30', spans: [{ from: '12:00', to: '16:00' }] },
        { date: '2025-01-31', spans: [{ from: '21:00', to: '24:00' }] },
      ],
    });
    expect(hours('2025-01-29T00:00:00+08:00', '2025-01-30T00:00:00+08:00', holidays)).toBe(0);
    expect(hours('2025-01-30T00:00:00+08:00', '2025-01-31T00:00:00+08:00', holidays)).toBe(4);
    expect(hours('2025-01-31T00:00:00+08:00', '2025-02-01T00:00:00+08:00', holidays)).toBe(14);
    expect(after('2025-01-28T21:30:00+08:00', 1, holidays)).toBe('2025-01-30T04:30:00.000Z');
  });

  it('that never opens is a mistake and not an endless search', () => {
    expect(() => after('2025-03-03T12:00:00+08:00', 1, calendar('UTC', { weekly: everyDay() }))).toThrow('Calendar test-1 does not open any more');
  });
});

describe('daylight saving', () => {
  const night = everyDay({ from: '00:00', to: '06:00' });

  it('in New York makes a night an hour shorter or longer, and leaves the day alone', () => {
    const newYork = calendar('America/New_York', { weekly: night });
    expect(hours('2011-03-12T23:00:00-05:00', '2011-03-13T12:00:00-04:00', newYork)).toBe(5);
    expect(hours('2011-11-05T23:00:00-04:00', '2011-11-06T12:00:00-05:00', newYork)).toBe(7);
    const boston = calendars['boston-1'] as BusinessCalendar;
    expect(hours('2011-11-05T00:00:00-04:00', '2011-11-08T00:00:00-05:00', boston)).toBe(36);
    expect(after('2011-11-05T21:30:00-04:00', 1, boston)).toBe('2011-11-06T15:30:00.000Z');
    expect(after('2011-03-12T21:30:00-05:00', 1, boston)).toBe('2011-03-13T14:30:00.000Z');
  });

  it('that skips the opening time opens at the leap', () => {
    const early = calendar('America/New_York', { weekly: everyDay({ from: '02:30', to: '04:00' }) });
    expect(after('2011-03-13T00:00:00-05:00', 0.25, early)).toBe('2011-03-13T07:15:00.000Z');
    expect(hours('2011-03-13T00:00:00-05:00', '2011-03-13T12:00:00-04:00', early)).toBe(1);
    const midnight = calendar('America/Sao_Paulo', { weekly: everyDay({ from: '00:00', to: '04:00' }) });
    expect(hours('2018-11-03T12:00:00-03:00', '2018-11-04T12:00:00-02:00', midnight)).toBe(3);
    expect(after('2018-11-03T12:00:00-03:00', 0.5, midnight)).toBe('2018-11-04T03:30:00.000Z');
  });

  it('that skips a whole span leaves it out', () => {
    const skipped = calendar('America/New_York', { weekly: everyDay({ from: '02:00', to: '03:00' }) });
    expect(hours('2011-03-13T00:00:00-05:00', '2011-03-14T00:00:00-04:00', skipped)).toBe(0);
  });

  it('that repeats a boundary takes its first occurrence', () => {
    const late = calendar('America/New_York', { weekly: everyDay({ from: '00:00', to: '01:30' }) });
    expect(hours('2011-11-06T00:00:00-04:00', '2011-11-06T12:00:00-05:00', late)).toBe(1.5);
    const from = calendar('America/New_York', { weekly: everyDay({ from: '01:30', to: '03:00' }) });
    expect(hours('2011-11-06T00:00:00-04:00', '2011-11-06T12:00:00-05:00', from)).toBe(2.5);
  });

  it('that drops a calendar day drops its opening hours', () => {
    const apia = calendar('Pacific/Apia');
    expect(hours('2011-12-29T00:00:00-10:00', '2012-01-01T00:00:00+14:00', apia)).toBe(24);
  });
});
