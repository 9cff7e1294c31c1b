import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockBar } from './clock-geometry.js';

const HOUR_MS = 3_600_000;
const origin = Date.parse('2026-03-02T00:00:00.000Z');
const at = (hours: number): string => new Date(origin + hours * HOUR_MS).toISOString();
const now = (hours: number): number => origin + hours * HOUR_MS;
const running = { startedAt: at(0), dueAt: at(10), pauses: [], state: 'running' } as const;

describe('clock bar', () => {
  it('runs from start to deadline while there is time', () => {
    expect(clockBar(running, now(4))).toEqual({ segments: [{ kind: 'elapsed', from: 0, to: 0.4 }], start: 0, due: 1, dueAtMs: now(10), dueIsProjected: false, now: 0.4 });
  });

  it('hatches pauses, overlapping ones once', () => {
    const pauses = [{ from: at(3), to: at(5) }, { from: at(1), to: at(2) }, { from: at(4), to: at(6) }];
    expect(clockBar({ ...running, pauses }, now(8)).segments).toEqual([
      { kind: 'elapsed', from: 0, to: 0.1 },
      { kind: 'paused', from: 0.1, to: 0.2 },
      { kind: 'elapsed', from: 0.2, to: 0.3 },
      { kind: 'paused', from: 0.3, to: 0.5 },
      { kind: 'paused', from: 0.5, to: 0.6 },
      { kind: 'elapsed', from: 0.6, to: 0.8 },
    ]);
  });

  it('shows where the deadline would be if a paused clock resumed now', () => {
    const bar = clockBar({ startedAt: at(0), dueAt: null, pauses: [{ from: at(4) }], state: 'paused', remainingMs: 4 * HOUR_MS }, now(6));
    expect(bar).toEqual({
      segments: [{ kind: 'elapsed', from: 0, to: 0.4 }, { kind: 'paused', from: 0.4, to: 0.6 }],
      start: 0, due: 1, dueAtMs: now(10), dueIsProjected: true, now: 0.6,
    });
  });

  it('marks the stop, and draws what came after the deadline as over time', () => {
    expect(clockBar({ ...running, state: 'broken', stoppedAt: at(20) }, now(99))).toEqual({
      segments: [{ kind: 'elapsed', from: 0, to: 0.5 }, { kind: 'over', from: 0.5, to: 1 }],
      start: 0, due: 0.5, dueAtMs: now(10), dueIsProjected: false, stop: 1,
    });
  });

  it('breaks the axis where the time beyond would dwarf the time before', () => {
    const bar = clockBar({ ...running, state: 'broken' }, now(100_000));
    expect(bar.due).toBe(0.55);
    expect(bar.axisBreak).toBeGreaterThan(0.55);
    expect(bar.now).toBe(1);
  });

  it('takes a deadline that precedes the start as it stands', () => {
    const bar = clockBar({ ...running, dueAt: at(-5), state: 'broken' }, now(5));
    expect(bar).toMatchObject({ start: 0.5, due: 0, segments: [{ kind: 'over', from: 0.5, to: 1 }] });
  });

  it('stands at its start before its time has come', () => {
    expect(clockBar(running, now(-3))).toMatchObject({ segments: [], now: 0 });
  });

  it('covers the time from start to stop or now without gap or overlap, inside the bar', () => {
    const hour = fc.integer({ min: -50, max: 500 });
    fc.assert(
      fc.property(
        hour,
        fc.option(hour, { nil: undefined }),
        hour,
        fc.array(fc.record({ from: hour, lengthHours: fc.integer({ min: 0, max: 80 }), open: fc.boolean() }), { maxLength: 4 }),
        (due, stop, clockNow, spans) => {
          const pauses = spans.map(({ from, lengthHours, open }) => ({ from: at(from), ...(open ? {} : { to: at(from + lengthHours) }) }));
          const bar = clockBar({ startedAt: at(0), dueAt: at(due), pauses, state: 'running', ...(stop !== undefined && { stoppedAt: at(stop) }) }, now(clockNow));
          const end = bar.stop ?? bar.now ?? NaN;
          let cursor = bar.start;
          for (const { from, to } of bar.segments) {
            expect(from).toBeCloseTo(cursor, 9);
            expect(to).toBeGreaterThanOrEqual(from);
            cursor = to;
          }
          if (bar.segments.length > 0) expect(cursor).toBeCloseTo(end, 9);
          for (const place of [bar.start, bar.due ?? 0, end]) {
            expect(place).toBeGreaterThanOrEqual(0);
            expect(place).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('gives the hours in which the mall is closed no room', () => {
    const openSpans = [{ from: at(0), to: at(2) }, { from: at(8), to: at(20) }];
    const bar = clockBar({ ...running, openSpans }, now(9));
    expect(bar).toMatchObject({ segments: [{ kind: 'elapsed', from: 0, to: 0.75 }], due: 1, now: 0.75 });
  });
});
