import { describe, expect, it } from '@jest/globals';
import { messages } from '../language/language.js';
import { healthWords } from './health-reasons.js';
import { rebuildProgress } from './runner-progress.js';

const words = (ready: boolean, body: unknown) => {
  const { state, reasons } = healthWords({ ready, body }, messages.en);
  return [state, reasons];
};

describe('health in words', () => {
  it.each([
    ['ready', true, { status: 'ok', degraded: [] }, ['ready', []]],
    ['ready, with nothing more said', true, undefined, ['ready', []]],
    ['degraded with texts', true, { status: 'degraded', degraded: ['tickets: halted'] }, ['degraded', ['tickets: halted']]],
    ['degraded with named reasons', true, { degraded: [{ name: 'complaints', detail: 'halted at 7' }] }, ['degraded', ['complaints: halted at 7']]],
    ['degraded by record', true, { degraded: { postgres: { error: 'away' } } }, ['degraded', ['postgres: away']]],
    ['not ready', false, { status: 'error', error: { eventStore: 'no answer' } }, ['notReady', ['eventStore: no answer']]],
    ['not ready as a problem', false, { title: 'Service unavailable', detail: 'starting' }, ['notReady', ['starting']]],
  ])('%s', (_name, ready, body, expected) => {
    expect(words(ready, body)).toEqual(expected);
  });
});

describe('progress of a rebuild', () => {
  const rebuild = (done: number | string, total: number | string) => rebuildProgress({ rebuild: { done, total, startedAt: '', phase: 'catching up' } });

  it('is a fraction that never passes the whole', () => {
    expect(rebuild('50', '200')).toEqual({ done: 50, total: 200, fraction: 0.25 });
    expect(rebuild(210, 200)?.fraction).toBe(1);
    expect(rebuild(0, 0)?.fraction).toBe(1);
    expect(rebuildProgress({ rebuild: null })).toBeUndefined();
  });
});
