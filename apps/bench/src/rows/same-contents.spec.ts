import { describe, expect, it } from '@jest/globals';
import { equalContents, sameContents } from './same-contents.js';

describe('what two sides have written', () => {
  it('is the same everywhere, but for what is known to be another', () => {
    expect(sameContents(new Map([['a', 10]]))).toBe('10 streams, all of the same events');
    expect(sameContents(new Map([['b', 1], ['a', 10]]), 1)).toContain('10 streams');
    expect(() => sameContents(new Map([['a', 10], ['b', 2]]), 1)).toThrow(/2 streams/);
  });

  it('is compared by the round, kind by kind', () => {
    const round = new Map([['a', 4], ['b', 2]]);
    expect(equalContents(round, 2, new Map([['a', 6], ['b', 3]]), 3)).toBe('3 streams a round, 2 kinds, on either side the same events');
    expect(() => equalContents(round, 2, new Map([['a', 6], ['b', 2]]), 3)).toThrow(/1 of 2/);
    expect(() => equalContents(round, 1, new Map([...round, ['c', 1]]), 1)).toThrow(/1 of 3/);
    expect(() => equalContents(round, 1, new Map([['a', 4]]), 1)).toThrow(/1 of 2/);
  });
});
