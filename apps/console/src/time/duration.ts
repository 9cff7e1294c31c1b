/** Whole units of a span of time, for people: the two largest that say something, e.g. 2 days 3 hours. Input in milliseconds. */

export type DurationUnit = 'year' | 'day' | 'hour' | 'minute' | 'second';

export interface DurationPart {
  readonly unit: DurationUnit;
  readonly count: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365.25 * DAY_MS;

/** Larger first; each unit is followed by the next smaller one only, and seconds are told below an hour only. */
const UNITS: readonly (readonly [DurationUnit, number])[] = [
  ['year', YEAR_MS],
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
];

export const durationParts = (durationMs: number): readonly DurationPart[] => {
  const spanMs = Math.max(0, Math.floor(Math.abs(durationMs) / SECOND_MS) * SECOND_MS);
  const first = UNITS.findIndex(([, unitMs]) => spanMs >= unitMs);
  if (first < 0) return [{ unit: 'second', count: 0 }];
  const [unit, unitMs] = UNITS[first] as readonly [DurationUnit, number];
  const count = Math.floor(spanMs / unitMs);
  const next = UNITS[first + 1];
  if (next === undefined || (unit === 'year' && count >= 2) || (unit === 'day' && count >= 10)) return [{ unit, count }];
  const rest = Math.floor((spanMs - count * unitMs) / next[1]);
  return rest === 0 ? [{ unit, count }] : [{ unit, count }, { unit: next[0], count: rest }];
};
