import { backOffMs } from './back-off.js';

it('grows with each failure in a row, from a moment to seconds', () => {
  expect([1, 2, 3, 4, 5].map(backOffMs)).toEqual([100, 200, 400, 800, 1_600]);
  expect([8, 9, 100].map(backOffMs)).toEqual([10_000, 10_000, 10_000]);
});
