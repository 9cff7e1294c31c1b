import { describe, expect, it } from '@jest/globals';
import { awaitsResolution, dueState } from './due-state.js';

const dueAt = '2026-03-02T10:00:00.000Z';
const dueAtMs = Date.parse(dueAt);
const MINUTE_MS = 60_000;

describe('due state of a list', () => {
  it('says nothing where no clock was ever armed', () => {
    expect(dueState(null, true, dueAtMs)).toEqual({ kind: 'none' });
  });

  it.each([
    [-121, 'running'],
    [-120, 'soon'],
    [0, 'soon'],
    [1, 'overdue'],
  ])('%d minutes from the deadline a running clock is %s', (minutes, kind) => {
    const byMs = Math.abs(minutes * MINUTE_MS);
    expect(dueState({ state: 'running', dueAt }, true, dueAtMs + minutes * MINUTE_MS)).toEqual({ kind, dueAtMs, byMs });
  });

  it('tells a promise still owed from one that was kept too late', () => {
    const late = { state: 'broken', dueAt } as const;
    expect(dueState(late, awaitsResolution('routed'), dueAtMs + MINUTE_MS)).toEqual({ kind: 'overdue', dueAtMs, byMs: MINUTE_MS });
    expect(dueState(late, awaitsResolution('closed'), dueAtMs + MINUTE_MS)).toEqual({ kind: 'broken', dueAtMs });
  });

  it('counts the hours in which the mall is open, where the clock does', () => {
    const openSpans = [{ from: '2026-03-01T10:00:00.000Z', to: '2026-03-01T14:00:00.000Z' }, { from: '2026-03-02T09:50:00.000Z', to: '2026-03-02T22:00:00.000Z' }];
    const clock = { state: 'running', dueAt, openSpans } as const;
    expect(dueState(clock, false, Date.parse('2026-03-01T20:00:00.000Z'))).toEqual({ kind: 'soon', dueAtMs, byMs: 10 * MINUTE_MS });
    expect(dueState(clock, true, dueAtMs + 5 * MINUTE_MS)).toEqual({ kind: 'overdue', dueAtMs, byMs: 5 * MINUTE_MS });
  });

  it('has no time to tell while paused', () => {
    expect(dueState({ state: 'paused', dueAt: null }, true, dueAtMs)).toEqual({ kind: 'paused' });
  });
});
