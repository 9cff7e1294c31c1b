import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { problemsEn } from '../language/problems.en.js';
import { problemsZh } from '../language/problems.zh.js';

const root = path.resolve(import.meta.dirname, '../../../..');
/** Where a code stands in the sources of the service: given to a problem, in the table of statuses, among the refusals of a complaint. */
const shapes = [String.raw`Problem\(\d{3}, '\K[a-z-]+(?=')`, String.raw`^\s+\d{3}: \['\K[a-z-]+(?=')`, String.raw`^\s+\| '\K[a-z]+(-[a-z]+)+(?='(;|$))`];
const sources = ['apps/tickets/src', 'libs/http/src', 'libs/tickets/domain/src/complaint/refusals.ts', ':!*.spec.ts', ':!*.fixture.ts'];
const codes = new Set(shapes.flatMap((shape) =>
  execFileSync('git', ['grep', '--untracked', '-hoP', shape, '--', ...sources], { cwd: root, encoding: 'utf8' }).trim().split('\n')));

describe('the codes that the service refuses with', () => {
  it('are found', () => {
    expect(codes.size).toBeGreaterThan(55);
    expect([...codes]).toEqual(expect.arrayContaining(['view-behind', 'too-large', 'promise-before-now', 'changed-by-others', 'idempotency-key-reused']));
  });

  it.each([['Chinese', problemsZh], ['English', problemsEn]])('all have words in %s', (_language, words) => {
    expect([...codes, 'invalid-query', 'invalid-path'].filter((code) => !(code in words))).toEqual([]);
  });

  it('are the ones there are words for, but for those of the page itself', () => {
    const ownCodes = ['no-answer', 'offline', 'unreadable'];
    // Their second half is where the fault was found.
    const composed = ['invalid-query', 'invalid-path'];
    expect(Object.keys(problemsEn).filter((code) => !codes.has(code) && ![...ownCodes, ...composed].includes(code))).toEqual([]);
  });
});
