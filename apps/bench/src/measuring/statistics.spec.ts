import { describe, expect, it } from '@jest/globals';
import { median, quantile } from './statistics.js';

describe('statistics', () => {
  it('takes the middle of the sorted values, or the mean of the two in the middle', () => {
    expect([median([10, 9, 1]), median([10, 1, 3, 9]), median([7])]).toEqual([9, 6, 7]);
    expect(() => median([])).toThrow(RangeError);
  });

  it('takes the value at a share of the sorted values, the last one at most', () => {
    const values = Array.from({ length: 100 }, (_, index) => 99 - index);
    expect([quantile(values, 0), quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)]).toEqual([0, 50, 99, 99]);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
