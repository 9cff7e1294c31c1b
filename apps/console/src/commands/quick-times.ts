import { atTimeOfDay, localText } from '../time/local-time.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A time that is chosen by one click: some time from now, or a time of a day. */
export type QuickTime = { readonly at: string } & (
  | { readonly kind: 'offset'; readonly offsetMs: number }
  | { readonly kind: 'day'; readonly day: number; readonly time: string }
);

const offset = (offsetMs: number, timeZone: string, now: number): QuickTime =>
  ({ kind: 'offset', offsetMs, at: localText(Math.ceil((now + offsetMs) / MINUTE_MS) * MINUTE_MS, timeZone) });

/** `unless` leaves out a time that has passed, or has not come yet. */
const ofDay = (day: number, hour: number, timeZone: string, now: number, unless: (at: number) => boolean): readonly QuickTime[] => {
  const at = atTimeOfDay(day, hour, 0, timeZone, now);
  return at === undefined || unless(at) ? [] : [{ kind: 'day', day, time: `${hour}:00`, at: localText(at, timeZone) }];
};

/** What a promise is usually given for, or when something usually happened; `at` as the clocks of the mall show it. */
export const quickTimes = (when: 'ahead' | 'past' | undefined, timeZone: string, now: number): readonly QuickTime[] => {
  switch (when) {
    case 'ahead': {
      const soon = (at: number): boolean => at < now + HOUR_MS;
      return [
        offset(30 * MINUTE_MS, timeZone, now), offset(2 * HOUR_MS, timeZone, now),
        ...ofDay(0, 18, timeZone, now, soon), ...ofDay(1, 12, timeZone, now, soon), ...ofDay(1, 18, timeZone, now, soon),
      ];
    }
    case 'past': {
      const ahead = (at: number): boolean => at > now;
      return [
        { kind: 'offset', offsetMs: 0, at: localText(Math.floor(now / MINUTE_MS) * MINUTE_MS, timeZone) },
        offset(-30 * MINUTE_MS, timeZone, now - MINUTE_MS), offset(-2 * HOUR_MS, timeZone, now - MINUTE_MS),
        ...ofDay(-1, 18, timeZone, now, ahead),
      ];
    }
    case undefined: return [];
  }
};
