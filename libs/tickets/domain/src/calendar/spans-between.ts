import { toInstant, toMs, type Instant } from '../instant.js';
import type { BusinessCalendar } from './calendar.js';
import { blockAt, blockNumber } from './open-spans.js';

export interface OpenSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/** When the mall is open from one time to another, in order, cut to the two; the first `limit` spans. */
export function openSpansBetween(from: Instant, to: Instant, calendar: BusinessCalendar, limit: number): readonly OpenSpan[] {
  const [fromMs, untilMs] = [toMs(from), toMs(to)];
  const spans: OpenSpan[] = [];
  if (untilMs <= fromMs) return spans;
  const last = blockAt(calendar, untilMs).index;
  for (let block = blockAt(calendar, fromMs); block.index <= last; block = blockNumber(calendar, block.index + 1)) {
    for (const [index, opens] of block.opens.entries()) {
      const start = Math.max(opens, fromMs);
      const end = Math.min(block.closes[index] as number, untilMs);
      if (start < end) spans.push({ from: toInstant(start), to: toInstant(end) });
      if (spans.length === limit) return spans;
    }
  }
  return spans;
}
