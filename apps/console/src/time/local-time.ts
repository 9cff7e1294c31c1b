/** The wall clock of a time zone, as people type it, and back. Instants are milliseconds since 1970. */

export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** What the clocks of the zone show, as if they stood in UTC. */
const shownMs = (at: number, timeZone: string): number => {
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
};

export const toLocalTime = (at: number, timeZone: string): LocalTime => {
  const shown = new Date(shownMs(at, timeZone));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate(), hour: shown.getUTCHours(), minute: shown.getUTCMinutes() };
};

/**
 * The instant at which the clocks of the zone show that time: the first one when they show it twice; when they skip it,
 * as much later as they are put forward. Undefined for a date or a time that no calendar has.
 */
export const fromLocalTime = ({ year, month, day, hour, minute }: LocalTime, timeZone: string): number | undefined => {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const read = new Date(wanted);
  const exists = read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === day
    && read.getUTCHours() === hour && read.getUTCMinutes() === minute;
  if (!exists) return undefined;
  const offsets = [wanted - DAY_MS, wanted + DAY_MS].map((near) => shownMs(near, timeZone) - near);
  const candidates = offsets.map((offset) => wanted - offset).sort((one, other) => one - other);
  const before = wanted - (offsets[0] ?? 0);
  return candidates.find((at) => shownMs(at, timeZone) === wanted) ?? before;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** `2026-03-02 18:00`. */
export const localText = (at: number, timeZone: string): string => {
  const { year, month, day, hour, minute } = toLocalTime(at, timeZone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
};

const DAYS: Readonly<Record<string, number>> = {
  前天: -2, 昨天: -1, yesterday: -1, 今天: 0, today: 0, 明天: 1, tomorrow: 1, 后天: 2,
};
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, min: MINUTE_MS, 分: MINUTE_MS, 分钟: MINUTE_MS, h: 60 * MINUTE_MS, 小时: 60 * MINUTE_MS, d: DAY_MS, 天: DAY_MS };

const WHOLE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]+(\d{1,2}):(\d{2})(?::00)?$/;
const WITHOUT_YEAR = /^(\d{1,2})[-/.月](\d{1,2})[日号]? *(?<=[日号 ])(\d{1,2}):(\d{2})$/;
const OF_A_DAY = /^(\p{L}*) *(\d{1,2}):(\d{2})$/u;
const FROM_NOW = /^([+-]) *(\d{1,3}) *(\p{L}+)$/u;

/**
 * A time as it is typed: `2026-03-02 18:00`, `3-2 18:00` and `3月2日 18:00` (of this year), `18:00` and `18点` (today),
 * `明天 12:00`, `tomorrow 12:00`, `+30 min`, `+2h`; digits and signs of an input method's full width, too. Undefined for anything else.
 */
export const parseLocalText = (typed: string, timeZone: string, now: number): number | undefined => {
  const text = typed.normalize('NFKC').trim().toLowerCase().replace(/(\d)点(半|\d{1,2}分?)?$/, withColon);
  const whole = WHOLE.exec(text.toUpperCase())?.slice(1).map(Number);
  if (whole !== undefined) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = whole;
    return fromLocalTime({ year, month, day, hour, minute }, timeZone);
  }
  const short = WITHOUT_YEAR.exec(text)?.slice(1).map(Number);
  if (short !== undefined) {
    const [month = 0, day = 0, hour = 0, minute = 0] = short;
    return fromLocalTime({ year: toLocalTime(now, timeZone).year, month, day, hour, minute }, timeZone);
  }
  const [, sign, count, unit] = FROM_NOW.exec(text) ?? [];
  const unitMs = unit === undefined ? undefined : UNITS[unit];
  if (unitMs !== undefined) return toMinute(now + (sign === '-' ? -1 : 1) * Number(count) * unitMs);
  const [, name = '', hour, minute] = OF_A_DAY.exec(text) ?? [];
  const offset = name === '' ? 0 : DAYS[name];
  return hour === undefined || offset === undefined ? undefined : atTimeOfDay(offset, Number(hour), Number(minute), timeZone, now);
};

/** 18点, 18点半, 18点5分 */
const withColon = (_all: string, hour: string, rest = ''): string => `${hour}:${rest === '半' ? '30' : rest.replace('分', '').padStart(2, '0')}`;

const toMinute = (at: number): number => Math.round(at / MINUTE_MS) * MINUTE_MS;

/** A time of the day that lies some days from today, in the zone. */
export const atTimeOfDay = (days: number, hour: number, minute: number, timeZone: string, now: number): number | undefined => {
  const { year, month, day } = toLocalTime(now, timeZone);
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return fromLocalTime({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute }, timeZone);
};
