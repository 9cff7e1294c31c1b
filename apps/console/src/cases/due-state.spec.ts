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

  it('has no time to tell while paused', () => {
    expect(dueState({ state: 'paused', dueAt: null }, true, dueAtMs)).toEqual({ kind: 'paused' });
  });
});
