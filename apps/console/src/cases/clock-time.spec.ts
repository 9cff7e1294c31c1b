import { describe, expect, it } from '@jest/globals';
import { clockTimeBetween, countsAgainAt } from './clock-time.js';

const HOUR_MS = 3_600_000;
const at = (day: number, hour: number): number => Date.UTC(2026, 2, day, hour);
const iso = (day: number, hour: number): string => new Date(at(day, hour)).toISOString();
const open = { openSpans: [{ from: iso(2, 20), to: iso(2, 22) }, { from: iso(3, 10), to: iso(3, 22) }] };

describe('the time of a clock of opening hours', () => {
  it.each([
    ['within a day', 20, 21, 1],
    ['over a night', 21, 36, 3],
    ['in the night alone', 23, 33, 0],
    ['backwards', 36, 21, -3],
  ])('%s', (_case, from, to, hours) => {
    expect(clockTimeBetween(open, at(2, from), at(2, to)) / HOUR_MS + 0).toBe(hours);
  });

  it('is that of the wall beyond what is known, and for a clock of the wall', () => {
    expect(clockTimeBetween(open, at(3, 10), at(4, 10))).toBe(24 * HOUR_MS);
    expect(clockTimeBetween({}, at(2, 21), at(3, 11))).toBe(14 * HOUR_MS);
  });

  it('goes on when the mall opens', () => {
    expect(countsAgainAt(open, at(3, 2))).toBe(at(3, 10));
    expect(countsAgainAt(open, at(3, 10))).toBeUndefined();
    expect(countsAgainAt(open, at(2, 22))).toBe(at(3, 10));
    expect(countsAgainAt({}, at(3, 2))).toBeUndefined();
  });
});
