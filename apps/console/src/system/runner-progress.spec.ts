import { describe, expect, it } from '@jest/globals';
import { rebuildFraction } from './runner-progress.js';

describe('progress of a rebuild', () => {
  it.each([
    ['0', '200', 0],
    ['50', '200', 0.25],
    ['210', '200', 1],
    ['0', '0', 0],
    ['-1', '-1', 0],
    ['4503599627370496000', '9007199254740992000', 0.5],
  ])('%s of %s', (done, total, fraction) => {
    expect(rebuildFraction({ done, total })).toBe(fraction);
  });
});
