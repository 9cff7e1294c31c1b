import { Temporal } from 'temporal-polyfill';
import type { BusinessCalendar, OpeningSpan, Weekday } from './calendar.js';

const DAY_MS = 86_400_000;
/** Local days in a block, which is built once and kept. */
const BLOCK_DAYS = 32;

/** The open spans of some consecutive local days, as epoch milliseconds. */
export interface OpenBlock {
  readonly index: number;
  /** First instants of its first day and of the day after its last. */
  readonly startMs: number;
  readonly endMs: number;
  /** Disjoint, in order, `opens[i] < closes[i]`. */
  readonly opens: readonly number[];
  readonly closes: readonly number[];
  /** Open time from the block's start to `opens[i]`; one entry more than spans, the last being the whole. */
  readonly before: readonly number[];
}

/** Memory only: what it holds follows from the calendar, which never changes. */
const blocksOf = new WeakMap<BusinessCalendar, Map<number, OpenBlock>>();

/** The block that holds an instant. */
export function blockAt(calendar: BusinessCalendar, epochMs: number): OpenBlock {
  const guess = blockNumber(calendar, Math.floor(epochMs / DAY_MS / BLOCK_DAYS));
  if (epochMs < guess.startMs) return blockNumber(calendar, guess.index - 1);
  return epochMs < guess.endMs ? guess : blockNumber(calendar, guess.index + 1);
}

export function blockNumber(calendar: BusinessCalendar, index: number): OpenBlock {
  let blocks = blocksOf.get(calendar);
  if (!blocks) blocksOf.set(calendar, blocks = new Map());
  let block = blocks.get(index);
  if (!block) blocks.set(index, block = build(calendar, index));
  return block;
}

function build(calendar: BusinessCalendar, index: number): OpenBlock {
  const firstDay = index * BLOCK_DAYS;
  const instantOf = wallClock(calendar.timeZone, firstDay);
  const opens: number[] = [];
  const closes: number[] = [];
  const before = [0];
  for (let day = firstDay; day < firstDay + BLOCK_DAYS; day += 1) {
    for (const span of spansOn(calendar, day)) {
      const open = instantOf(day, span.from);
      const close = instantOf(day, span.to);
      if (open >= close) continue;
      opens.push(open);
      closes.push(close);
      before.push((before.at(-1) ?? 0) + close - open);
    }
  }
  return { index, startMs: instantOf(firstDay, 0), endMs: instantOf(firstDay + BLOCK_DAYS, 0), opens, closes, before };
}

interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

/** The spans of a local day (counted from 1970-01-01) in minutes of its clock, merged and in order. */
function spansOn(calendar: BusinessCalendar, day: number): readonly MinuteSpan[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const weekday = (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
  const usual = calendar.closures.includes(date) ? [] : calendar.weekly[weekday];
  const extra = calendar.openings.flatMap((opening) => (opening.date === date ? opening.spans : []));
  const merged: MinuteSpan[] = [];
  for (const next of [...usual, ...extra].map(inMinutes).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && next.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else merged.push(next);
  }
  return merged;
}

const inMinutes = ({ from, to }: OpeningSpan): MinuteSpan => ({ from: minuteOf(from), to: minuteOf(to) });

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * The instant at which the clocks of the zone show a minute of a day: its first occurrence when they show it twice, the
 * moment of the leap when they skip it. Good for one block from `firstDay`; most blocks see no change of the clocks,
 * and need the zone's rules only once.
 */
function wallClock(timeZone: string, firstDay: number): (day: number, minute: number) => number {
  const start = Temporal.Instant.fromEpochMilliseconds((firstDay - 2) * DAY_MS).toZonedDateTimeISO(timeZone);
  const change = start.getTimeZoneTransition('next');
  if (change && change.epochMilliseconds < (firstDay + BLOCK_DAYS + 2) * DAY_MS) return (day, minute) => lookUp(timeZone, day, minute);
  const offsetMs = start.offsetNanoseconds / 1_000_000;
  return (day, minute) => day * DAY_MS + minute * 60_000 - offsetMs;
}

function lookUp(timeZone: string, day: number, minute: number): number {
  const time = new Date(day * DAY_MS + minute * 60_000);
  const local = new Temporal.PlainDateTime(time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate(), time.getUTCHours(), time.getUTCMinutes());
  const shown = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (shown.toPlainDateTime().equals(local)) return shown.epochMilliseconds;
  return (shown.getTimeZoneTransition('next') ?? shown).epochMilliseconds;
}
