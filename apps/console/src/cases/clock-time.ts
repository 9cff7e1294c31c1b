import type { Clock } from '../api.js';

/** A clock that brings opening hours counts them; one without counts the time of the wall. */
export type Counted = Pick<Clock, 'openSpans'>;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const spansOf = ({ openSpans = [] }: Counted): readonly Span[] => openSpans.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) }));

/** Whether opening hours are known up to that instant. */
const areKnown = (spans: readonly Span[], at: number): boolean => at <= (spans.at(-1)?.toMs ?? -Infinity);

/**
 * Milliseconds between two instants as the clock counts them: open time for a clock of opening hours, where the service
 * has told when the mall is open, else time of the wall. Negative when the second is earlier.
 */
export const clockTimeBetween = (clock: Counted, from: number, to: number): number => {
  if (to < from) return -clockTimeBetween(clock, to, from);
  const spans = spansOf(clock);
  if (!areKnown(spans, to)) return to - from;
  return spans.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs)), 0);
};

/** When a clock of opening hours counts again, if the mall is closed at that instant; undefined when it counts or nothing is known. */
export const countsAgainAt = (clock: Counted, at: number): number | undefined => {
  const spans = spansOf(clock);
  if (!areKnown(spans, at) || spans.some(({ fromMs, toMs }) => fromMs <= at && at < toMs)) return undefined;
  return spans.find(({ fromMs }) => fromMs > at)?.fromMs;
};
