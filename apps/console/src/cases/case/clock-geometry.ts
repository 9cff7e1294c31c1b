import type { Clock } from '../../api.js';
import { clockTimeBetween } from '../clock-time.js';

export type SegmentKind = 'elapsed' | 'paused' | 'over';

/** Fractions of the bar's width, 0 to 1. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
}

export interface ClockBarGeometry {
  readonly segments: readonly Segment[];
  readonly start: number;
  /** Absent where no deadline is known. */
  readonly due?: number;
  readonly dueAtMs?: number;
  /** The deadline is only what it would be if the clock resumed now. */
  readonly dueIsProjected: boolean;
  readonly stop?: number;
  readonly now?: number;
  /** What lies beyond the deadline is drawn shorter than it was; the break is here. */
  readonly axisBreak?: number;
}

/** Beyond the deadline at most this multiple of the time up to it is drawn to scale. */
const TO_SCALE = 1.5;
const DUE_WHEN_BROKEN = 0.55;
const BREAK_AT = 0.78;

interface Scale {
  readonly at: (instantMs: number) => number;
  readonly axisBreak?: number;
}

const linear = (fromMs: number, toMs: number) => (instantMs: number): number =>
  toMs <= fromMs ? 0 : Math.min(1, Math.max(0, (instantMs - fromMs) / (toMs - fromMs)));

const scaleOf = (startMs: number, endMs: number, dueAtMs: number | undefined): Scale => {
  if (dueAtMs === undefined || endMs <= dueAtMs) return { at: linear(startMs, dueAtMs ?? endMs) };
  const within = dueAtMs - startMs;
  if (within <= 0 || endMs - dueAtMs <= TO_SCALE * within) return { at: linear(Math.min(startMs, dueAtMs), endMs) };
  const before = linear(startMs, dueAtMs);
  const after = linear(dueAtMs, endMs);
  return {
    at: (instantMs) => (instantMs <= dueAtMs ? before(instantMs) * DUE_WHEN_BROKEN : DUE_WHEN_BROKEN + after(instantMs) * (1 - DUE_WHEN_BROKEN)),
    axisBreak: BREAK_AT,
  };
};

type Drawn = Pick<Clock, 'startedAt' | 'dueAt' | 'pauses' | 'stoppedAt' | 'state' | 'remainingMs' | 'openSpans'>;

/**
 * Where a clock's facts lie on its bar at a time, in milliseconds since 1970. The bar is as long as the clock counts: the
 * hours in which the mall is closed take no room on one of opening hours. Pauses may overlap and need not be in order.
 */
export const clockBar = (clock: Drawn, now: number): ClockBarGeometry => {
  const startMs = Date.parse(clock.startedAt);
  const counted = (at: number): number => startMs + clockTimeBetween(clock, startMs, at);
  const timeOf = (instant: string): number => counted(Date.parse(instant));
  const stopMs = clock.stoppedAt == null ? undefined : timeOf(clock.stoppedAt);
  const endMs = Math.max(startMs, stopMs ?? counted(now));
  const dueIsProjected = clock.dueAt === null && stopMs === undefined && clock.remainingMs != null;
  const dueAtMs = clock.dueAt !== null ? timeOf(clock.dueAt) : dueIsProjected ? endMs + (clock.remainingMs ?? 0) : undefined;
  const { at, axisBreak } = scaleOf(startMs, endMs, dueAtMs);

  const pauses = clock.pauses
    .map(({ from, to }) => ({ from: Math.max(startMs, timeOf(from)), to: Math.min(endMs, to == null ? endMs : timeOf(to)) }))
    .filter(({ from, to }) => to > from)
    .sort((one, other) => one.from - other.from);

  const segments: Segment[] = [];
  const draw = (kind: SegmentKind, fromMs: number, toMs: number): void => {
    if (toMs > fromMs) segments.push({ kind, from: at(fromMs), to: at(toMs) });
  };
  const drawRunning = (fromMs: number, toMs: number): void => {
    const turn = dueAtMs === undefined ? toMs : Math.min(toMs, Math.max(fromMs, dueAtMs));
    draw('elapsed', fromMs, turn);
    draw('over', turn, toMs);
  };
  let cursor = startMs;
  for (const pause of pauses) {
    drawRunning(cursor, pause.from);
    draw('paused', Math.max(cursor, pause.from), pause.to);
    cursor = Math.max(cursor, pause.to);
  }
  drawRunning(cursor, endMs);

  return {
    segments,
    start: at(startMs),
    ...(dueAtMs !== undefined && { due: at(dueAtMs), dueAtMs }),
    dueIsProjected,
    ...(stopMs === undefined ? { now: at(endMs) } : { stop: at(stopMs) }),
    ...(axisBreak !== undefined && { axisBreak }),
  };
};
