import { expect, it } from '@jest/globals';
import { assertNever } from './assert-never.js';

const messageFor = (value: unknown, what?: string): string => {
  try {
    return assertNever(value as never, what);
  } catch (error) {
    return (error as Error).message;
  }
};

it('names an event that was read back, positions and all', () => {
  expect(messageFor({ type: 'ComplaintExploded', data: { subject: '王小明' }, position: 7n, revision: 1n }, 'event')).toBe('Unknown event: ComplaintExploded');
});

it('tells of a value what names its case, and nothing else', () => {
  expect(messageFor({ status: 'exploded', note: '王小明' })).toBe('Unknown case: exploded');
  expect(messageFor({ kind: 'nothing', note: '王小明' })).toBe('Unknown case: nothing');
  expect(messageFor({ type: { name: '王小明' } })).toBe('Unknown case: an object without type, status or kind');
  expect(messageFor('王小明')).toBe('Unknown case: a string');
  expect(messageFor(null)).toBe('Unknown case: a null');
  expect(messageFor({ type: 'x'.repeat(5_000) })).toBe(`Unknown case: ${'x'.repeat(80)}`);
});
