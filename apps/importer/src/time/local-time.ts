import { Temporal } from 'temporal-polyfill';

export type LocalTime =
  /** Milliseconds since 1970 UTC; `later` is given only for an hour that the clocks ran through twice. */
  | { readonly earlier: number; readonly later?: number }
  | { readonly wrong: 'format' | 'zoned' | 'impossible' | 'skipped' };

const shape = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)$/;
const almost = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}/;
const zoneSuffix = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})$/;

/**
 * Reads local times without a zone (`2011-11-06 01:09:48`) of one IANA zone. Days on which the offset does not change
 * are remembered, since asking the zone costs ten times the rest.
 */
export function localTimes(zone: string): (text: string) => LocalTime {
  const offsets = new Map<string, number | 'changes' | 'impossible'>();

  return (text) => {
    const [, day, time] = shape.exec(text) ?? [];
    if (day === undefined || time === undefined) {
      if (zoneSuffix.test(text)) return { wrong: 'zoned' };
      return { wrong: almost.test(text) ? 'impossible' : 'format' };
    }
    let offset = offsets.get(day);
    if (offset === undefined) offsets.set(day, (offset = offsetOf(day, zone)));
    if (offset === 'impossible') return { wrong: 'impossible' };
    return offset === 'changes' ? onDayOfChange(`${day}T${time}`, zone) : { earlier: Date.parse(`${day}T${time}Z`) - offset };
  };
}

function offsetOf(day: string, zone: string): number | 'changes' | 'impossible' {
  const date = dateOf(day);
  if (date === undefined) return 'impossible';
  const start = date.toZonedDateTime(zone).offsetNanoseconds;
  const end = date.add({ days: 1 }).toZonedDateTime(zone).offsetNanoseconds;
  return start === end ? start / 1_000_000 : 'changes';
}

function dateOf(day: string): Temporal.PlainDate | undefined {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  if (month < 1 || month > 12 || dayOfMonth < 1) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'constrain' });
  return date.day === dayOfMonth ? date : undefined;
}

function onDayOfChange(local: string, zone: string): LocalTime {
  const wall = Temporal.PlainDateTime.from(local);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { earlier: earlier.epochMilliseconds };
  const twice = earlier.toPlainDateTime().equals(wall);
  return twice ? { earlier: earlier.epochMilliseconds, later: later.epochMilliseconds } : { wrong: 'skipped' };
}
