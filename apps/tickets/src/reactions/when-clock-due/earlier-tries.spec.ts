import { describe, expect, it } from '@jest/globals';
import type { DueBreach } from './due-breaches.js';
import { EarlierTries } from './earlier-tries.js';

const breach = (n: number): DueBreach => ({ complaintId: `case-${n}`, mallId: 'main', clockId: 'promised-time-1', dueAt: '2025-03-03T10:00:00.000Z', commandId: `command-${n}` });

describe('a breach that was answered', () => {
  it('rests until the rows show the answer', () => {
    const tries = new EarlierTries();
    expect(tries.rests(breach(1), 5n, 0)).toBe(false);
    tries.answered(breach(1), 8n);
    expect([7n, 8n].map((shown) => tries.rests(breach(1), shown, 0))).toEqual([true, false]);
    expect(tries.rests(breach(2), 7n, 0)).toBe(false);
  });

  it('does not rest where the log holds nothing to wait for', () => {
    const tries = new EarlierTries();
    tries.answered(breach(1), undefined);
    expect(tries.rests(breach(1), 0n, 0)).toBe(false);
  });

  it('is forgotten when thousands have come since', () => {
    const tries = new EarlierTries();
    for (let n = 0; n <= 10_000; n += 1) tries.answered(breach(n), 8n);
    expect([0, 1, 10_000].map((n) => tries.rests(breach(n), 0n, 0))).toEqual([false, true, true]);
  });
});

describe('a breach that failed', () => {
  it('rests twice as long each time, five minutes at most, and not at all once it is answered', () => {
    const tries = new EarlierTries();
    let nowMs = 500;
    const restsMs = Array.from({ length: 12 }, () => {
      tries.failed(breach(1), 'KeyReused', nowMs);
      const from = nowMs;
      while (tries.rests(breach(1), 0n, nowMs)) nowMs += 500;
      return nowMs - from;
    });
    expect(restsMs).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1_000));
    tries.failed(breach(1), 'KeyReused', nowMs);
    tries.answered(breach(1), undefined);
    expect(tries.rests(breach(1), 0n, nowMs)).toBe(false);
  });

  it('is told of by its complaint from the third time on, a few by name', () => {
    const tries = new EarlierTries();
    const told = [1, 2, 3].map(() => {
      for (let n = 1; n <= 7; n += 1) tries.failed(breach(n), 'not-possible-now', 0);
      return tries.lastingFailures;
    });
    expect(told).toEqual([undefined, undefined, `breaches are not recorded: ${[1, 2, 3, 4, 5].map((n) => `complaint case-${n} (not-possible-now)`).join(', ')} and 2 more`]);
  });

  it('is over when a whole walk has not met it', () => {
    const tries = new EarlierTries();
    tries.beginWalk();
    for (const n of [1, 2]) for (let times = 0; times < 3; times += 1) tries.failed(breach(n), 'KeyReused', 0);
    tries.beginWalk();
    tries.rests(breach(2), 0n, 0);
    expect(tries.lastingFailures).toContain('case-1');
    tries.beginWalk();
    expect(tries.lastingFailures).toBe('breaches are not recorded: complaint case-2 (KeyReused)');
  });

  it('is forgotten when thousands have come since', () => {
    const tries = new EarlierTries();
    for (let n = 0; n <= 10_000; n += 1) tries.failed(breach(n), 'KeyReused', 0);
    expect([0, 1].map((n) => tries.rests(breach(n), 0n, 0))).toEqual([false, true]);
  });
});
