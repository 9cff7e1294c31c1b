import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../api.js';
import { durationText, messages } from '../../language/language.js';
import { clockVerdict } from './clock-verdict.js';

const clock: Clock = { clockId: 'promised-time-1', name: 'promised-time', mode: 'open', startedAt: '2026-03-02T00:00:00.000Z', dueAt: '2026-03-02T10:00:00.000Z', pauses: [], state: 'running' };
/** Closed from 01:00 to 09:00. */
const openSpans = [{ from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T01:00:00.000Z' }, { from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T21:00:00.000Z' }];
const say = (change: Partial<Clock>, now: string) => {
  const { tone, word, distance } = clockVerdict({ ...clock, ...change }, Date.parse(now), messages.en, (durationMs) => durationText(messages.en, durationMs));
  return [tone, word, distance];
};

describe('a clock in words', () => {
  it.each([
    ['runs', {}, '2026-03-02T07:30:00.000Z', ['running', 'running', '2 h 30 min left']],
    ['is urgent in its last two hours', {}, '2026-03-02T09:30:00.000Z', ['soon', 'running', '30 min left']],
    ['is not urgent before its last third', { startedAt: '2026-03-02T09:00:00.000Z' }, '2026-03-02T09:30:00.000Z', ['running', 'running', '30 min left']],
    ['runs until the deadline, inclusive', {}, '2026-03-02T10:00:00.000Z', ['soon', 'running', '0 s left']],
    ['passes its deadline on the screen before anyone asks again', {}, '2026-03-02T10:05:00.000Z', ['overdue', 'overdue', 'by 5 min']],
    ['is overdue', { state: 'broken' }, '2026-03-03T10:00:00.000Z', ['overdue', 'overdue', 'by 1 d']],
    ['was kept', { state: 'met', stoppedAt: '2026-03-02T08:00:00.000Z' }, '2026-03-09T00:00:00.000Z', ['met', 'kept', '2 h to spare']],
    ['was kept before a night that does not count', { state: 'met', stoppedAt: '2026-03-02T00:50:00.000Z', openSpans }, '2026-03-09T00:00:00.000Z', ['met', 'kept', '1 h 10 min to spare']],
    ['counts no night that lies before it', { openSpans }, '2026-03-02T01:30:00.000Z', ['running', 'running', '1 h left']],
    ['is overdue for no time while the mall is closed', { state: 'broken', dueAt: '2026-03-02T01:00:00.000Z', openSpans }, '2026-03-02T06:00:00.000Z', ['overdue', 'overdue', undefined]],
    ['was missed', { state: 'broken', stoppedAt: '2026-03-02T12:00:00.000Z' }, '2026-03-09T00:00:00.000Z', ['broken', 'missed', '2 h late']],
    ['is paused', { state: 'paused', dueAt: null, remainingMs: 7_200_000 }, '2026-03-02T01:00:00.000Z', ['paused', 'paused', '2 h left once it resumes']],
    ['was replaced', { state: 'superseded', stoppedAt: '2026-03-02T12:00:00.000Z' }, '2026-03-09T00:00:00.000Z', ['superseded', 'replaced', undefined]],
  ] as const)('%s', (_name, change, now, expected) => {
    expect(say(change, now)).toEqual(expected);
  });
});
