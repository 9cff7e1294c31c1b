import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { paced } from './paced.js';

beforeEach(() => { jest.useFakeTimers(); });
afterEach(() => { jest.useRealTimers(); });

it('acts soon after the first call, at most once in a while after that, and once more for the last', () => {
  const at: number[] = [];
  const call = paced(1_500, 200, () => at.push(performance.now()));
  const start = performance.now();
  for (let ms = 0; ms < 4_000; ms += 50) {
    call();
    jest.advanceTimersByTime(50);
  }
  const calls = at.map((one) => one - start);
  expect(calls.length).toBe(3);
  expect(calls[0]).toBeLessThanOrEqual(200);
  jest.advanceTimersByTime(1_500);
  expect(at).toHaveLength(4);
  expect(at.slice(1).every((one, index) => one - (at[index] as number) >= 1_500)).toBe(true);
  jest.advanceTimersByTime(10_000);
  expect(at).toHaveLength(4);
});
