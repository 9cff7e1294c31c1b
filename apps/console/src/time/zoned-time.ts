/** Instants (ISO 8601 UTC, or milliseconds since 1970) written in a mall's time zone, on a 24-hour clock. */

export type Instant = string | number;

export interface ZonedTime {
  readonly timeZone: string;
  /** 5 Jul 2011, 10:00 */
  dateTime(at: Instant): string;
  /** As dateTime, without the year where it is the year of `now`. */
  short(at: Instant, now: number): string;
  /** As people at a desk say it: 10:00 today, 5 Jul, 10:00, and of another year the day only. */
  brief(at: Instant, now: number): string;
  /** 10:00:33 */
  clock(at: Instant): string;
  /** Tue 5 Jul, 10:00, with the year where it is not the year of `now`. */
  withWeekday(at: Instant, now: number): string;
  /** Tuesday, 5 July 2011 */
  day(at: Instant): string;
  /** With seconds and the offset in force at that instant, which tells the two hours of an autumn night apart. */
  exact(at: Instant): string;
  /** China Time (Asia/Shanghai) */
  zone(): string;
}

const formatter = (locale: string, options: Intl.DateTimeFormatOptions): ((at: Instant) => string) => {
  const format = new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options });
  return (at) => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? String(at) : format.format(date);
  };
};

const DAY_MS = 24 * 60 * 60 * 1000;

const build = (locale: string, timeZone: string): ZonedTime => {
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', timeZone };
  const dateTime = formatter(locale, { year: 'numeric', month: 'short', day: 'numeric', ...time });
  const withoutYear = formatter(locale, { month: 'short', day: 'numeric', ...time });
  const date = formatter(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone });
  const year = formatter('en', { year: 'numeric', timeZone });
  const hour = formatter(locale, time);
  const dateKey = formatter('en', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const nearDay = (at: Instant, now: number): string | undefined => {
    const offset = [0, 1, -1].find((days) => dateKey(now + days * DAY_MS) === dateKey(at));
    if (offset === undefined) return undefined;
    const day = relative.format(offset, 'day');
    return locale.startsWith('zh') ? `${day} ${hour(at)}` : `${hour(at)} ${day}`;
  };
  const weekday = formatter(locale, { weekday: 'short', month: 'short', day: 'numeric', ...time });
  const weekdayAndYear = formatter(locale, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', ...time });
  const generic = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' });
  return {
    timeZone,
    dateTime,
    short: (at, now) => (year(at) === year(now) ? withoutYear(at) : dateTime(at)),
    brief: (at, now) => nearDay(at, now) ?? (year(at) === year(now) ? withoutYear(at) : date(at)),
    withWeekday: (at, now) => (year(at) === year(now) ? weekday(at) : weekdayAndYear(at)),
    clock: formatter(locale, { ...time, second: '2-digit' }),
    day: formatter(locale, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone }),
    exact: formatter(locale, { year: 'numeric', month: 'short', day: 'numeric', ...time, second: '2-digit', timeZoneName: 'shortOffset' }),
    zone: () => {
      const name = generic.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value;
      return name === undefined || name === timeZone ? timeZone : `${name} (${timeZone})`;
    },
  };
};

const built = new Map<string, ZonedTime>();

/** Throws a RangeError for a time zone this browser does not know. */
export const zonedTime = (locale: string, timeZone: string): ZonedTime => {
  const key = `${locale} ${timeZone}`;
  const found = built.get(key) ?? build(locale, timeZone);
  built.set(key, found);
  return found;
};
