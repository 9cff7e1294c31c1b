import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { fromLocalTime, localText, parseLocalText, toLocalTime } from './local-time.js';

const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const now = Date.parse('2026-03-02T04:10:20.000Z');
const shanghai = (text: string): string | undefined => {
  const at = parseLocalText(text, 'Asia/Shanghai', now);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('the wall clock of a zone', () => {
  it('and the instant it belongs to agree with Temporal, also where clocks are put forward or back', () => {
    const minutes = fc.integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 });
    fc.assert(fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
      const at = minute * 60_000;
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const local = { year: zoned.year, month: zoned.month, day: zoned.day, hour: zoned.hour, minute: zoned.minute };
      expect(toLocalTime(at, zone)).toEqual(local);
      const known = zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'compatible' });
      expect(fromLocalTime(local, zone)).toBe(known.epochMilliseconds);
    }), { numRuns: 300 });
  });

  it.each([
    ['shown twice: the first', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
    ['skipped: later by as much', '2026-03-08 02:30', '2026-03-08T07:30:00.000Z'],
  ])('%s', (_case, text, instant) => {
    expect(parseLocalText(text, 'America/New_York', now)).toBe(Date.parse(instant));
  });
});

describe('a time as it is typed', () => {
  it.each([
    ['2026-03-02 18:00', '2026-03-02T10:00:00.000Z'],
    ['2026/3/2 8:05', '2026-03-02T00:05:00.000Z'],
    ['2026-03-02T18:00', '2026-03-02T10:00:00.000Z'],
    ['3-5 09:00', '2026-03-05T01:00:00.000Z'],
    ['18：30', '2026-03-02T10:30:00.000Z'],
    ['明天 12:00', '2026-03-03T04:00:00.000Z'],
    ['Yesterday 9:00', '2026-03-01T01:00:00.000Z'],
    ['+30 min', '2026-03-02T04:40:00.000Z'],
    ['+2h', '2026-03-02T06:10:00.000Z'],
    ['-1天', '2026-03-01T04:10:00.000Z'],
    ['2026年3月5日 18:00', '2026-03-05T10:00:00.000Z'],
    ['3月5日18:00', '2026-03-05T10:00:00.000Z'],
    ['3月5号 18:00', '2026-03-05T10:00:00.000Z'],
    ['１８：００', '2026-03-02T10:00:00.000Z'],
    ['明天18点', '2026-03-03T10:00:00.000Z'],
    ['18点半', '2026-03-02T10:30:00.000Z'],
    ['9点5分', '2026-03-02T01:05:00.000Z'],
    ['前天 9:00', '2026-02-28T01:00:00.000Z'],
  ])('%s', (text, instant) => expect(shanghai(text)).toBe(instant));

  it.each(['', 'soon', '2026-02-30 10:00', '25:00', '12:60', '2026-13-01 00:00', '18', 'someday 18:00', '3-518:00', '25点', '18点75分', '+2 parsecs'])('%j is none', (text) => {
    expect(shanghai(text)).toBeUndefined();
  });

  it('is what it was written as', () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: 28_000_000, max: 31_000_000 }), (zone, minute) => {
      const text = localText(minute * 60_000, zone);
      expect(localText(parseLocalText(text, zone, now) ?? 0, zone)).toBe(text);
    }));
  });
});
