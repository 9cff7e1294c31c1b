import { expect, it } from '@jest/globals';
import { merge, MOST_IDS } from './notice.js';

const change = (position: bigint, ...ids: string[]) => ({ ids: new Set(ids), position });

it('names each complaint once, up to the later position', () => {
  expect(merge(merge(undefined, change(3n, 'a', 'b')), change(7n, 'b', 'c'))).toEqual({ ids: new Set(['a', 'b', 'c']), more: false, position: 7n });
});

it('stays small, however much has changed, and says that there is more', () => {
  const many = Array.from({ length: MOST_IDS }, (_, n) => `${n}`);
  const full = merge(undefined, change(1n, ...many));
  expect({ size: full.ids.size, more: full.more }).toEqual({ size: MOST_IDS, more: false });
  expect(merge(full, change(2n, '0', '99'))).toMatchObject({ more: false, position: 2n });
  const over = merge(full, change(3n, 'one more', 'and another'));
  expect({ size: over.ids.size, more: over.more, position: over.position }).toEqual({ size: MOST_IDS, more: true, position: 3n });
  expect(merge(over, change(4n, '0'))).toMatchObject({ more: true, position: 4n });
});
