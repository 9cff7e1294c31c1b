import { KeyCache } from './key-cache.js';

const key = Buffer.alloc(32);

it('keeps a key for its lifetime and no longer', () => {
  let now = 0;
  const cache = new KeyCache({ now: () => now, lifetimeMs: 60_000, capacity: 10 });
  cache.set('p', key);
  now = 59_999;
  expect(cache.get('p')).toBe(key);
  now = 60_000;
  expect(cache.get('p')).toBeUndefined();
  expect(cache.size).toBe(0);
});

it('drops the oldest beyond its capacity', () => {
  const cache = new KeyCache({ now: () => 0, lifetimeMs: 1, capacity: 2 });
  for (const person of ['a', 'b', 'a', 'c']) cache.set(person, key);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([key, undefined, key]);
});
