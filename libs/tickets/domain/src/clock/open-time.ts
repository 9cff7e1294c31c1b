import type { BusinessCalendar } from '../calendar/calendar.js';
import { blockAt, blockNumber, type OpenBlock } from '../calendar/open-spans.js';

/** Milliseconds of opening hours from `fromMs` to `toMs` (epoch milliseconds); 0 when the second is not later. */
export function openTimeBetween(fromMs: number, toMs: number, calendar: BusinessCalendar): number {
  if (toMs <= fromMs) return 0;
  const first = blockAt(calendar, fromMs);
  const last = blockAt(calendar, toMs);
  let open = openWithin(last, toMs) - openWithin(first, fromMs);
  for (let index = first.index; index < last.index; index += 1) open += wholeOf(blockNumber(calendar, index));
  return open;
}

/** A calendar that stays shut this long is taken for a mistake. */
const SHUT_BLOCKS = 250;

/**
 * The earliest time at which `ms` of opening hours have passed since `startMs` (both epoch milliseconds): the end of a
 * span rather than the beginning of the next, and `startMs` itself for 0.
 * @throws RangeError when the calendar does not open for decades
 */
export function addOpenTime(startMs: number, ms: number, calendar: BusinessCalendar): number {
  if (ms <= 0) return startMs;
  let block = blockAt(calendar, startMs);
  let target = openWithin(block, startMs) + ms;
  for (let shut = 0; target > wholeOf(block);) {
    shut = wholeOf(block) === 0 ? shut + 1 : 0;
    if (shut > SHUT_BLOCKS) throw new RangeError(`Calendar ${calendar.version} does not open any more`);
    target -= wholeOf(block);
    block = blockNumber(calendar, block.index + 1);
  }
  const span = spanBefore(block.before, target);
  return at(block.opens, span) + target - at(block.before, span);
}

const wholeOf = ({ before }: OpenBlock): number => at(before, before.length - 1);

/** Open time from the block's start to an instant within it. */
function openWithin({ opens, closes, before }: OpenBlock, epochMs: number): number {
  const span = spanBefore(opens, epochMs);
  return span < 0 ? 0 : at(before, span) + Math.min(epochMs, at(closes, span)) - at(opens, span);
}

/** Index of the last entry that lies before `value`, -1 when none does. */
function spanBefore(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(ascending, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const at = (numbers: readonly number[], index: number): number => numbers[index] as number;
