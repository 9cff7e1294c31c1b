import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fieldFaultsEn } from '../language/field-faults.en.js';
import { fieldFaultsZh } from '../language/field-faults.zh.js';
import { problemsEn } from '../language/problems.en.js';
import { problemsZh } from '../language/problems.zh.js';

const root = path.resolve(import.meta.dirname, '../../../..');
/** Where a code stands in the sources of the service: given to a problem, in the table of statuses, among the refusals of a complaint. */
const shapes = [String.raw`Problem\(\d{3}, '\K[a-z-]+(?=')`, String.raw`^\s+\d{3}: \['\K[a-z-]+(?=')`, String.raw`^\s+\| '\K[a-z]+(-[a-z]+)+(?='(;|$))`];
const sources = ['apps/tickets/src', 'libs/http/src', 'libs/tickets/domain/src/complaint/refusals.ts', ':!*.spec.ts', ':!*.fixture.ts'];
const found = (shape: string, where: readonly string[]): readonly string[] =>
  execFileSync('git', ['grep', '--untracked', '-hoP', shape, '--', ...where], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const codes = new Set(shapes.flatMap((shape) => found(shape, sources)));

/** Where a fault of a field gets its code: from what a schema found, from a rule's own, and from rows of an import. */
const faultShapes: readonly (readonly [string, readonly string[]])[] = [
  [String.raw`\bcode: '\K[a-z-]+(?=')`, ['libs/http/src/request/field-errors.ts']],
  [String.raw`\bparams: \{ code: '\K[a-z-]+(?=')`, ['libs/tickets/domain/src', 'apps/tickets/src', ':!*.spec.ts', ':!*.fixture.ts']],
  [String.raw`\bpath: .*\bcode: '\K[a-z-]+(?=')`, ['apps/tickets/src/import/import-rows.ts']],
];
const faultCodes = new Set(faultShapes.flatMap(([shape, where]) => found(shape, where)));
const rulesAlone = found(String.raw`\.refine\(|z\.custom<`, ['libs/tickets/domain/src', 'apps/tickets/src', ':!*.spec.ts', ':!*.fixture.ts', ':!apps/tickets/src/environment.ts']);

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

describe('the codes of faults of fields', () => {
  it('are found, one beside every rule of a schema', () => {
    expect([...faultCodes]).toEqual(expect.arrayContaining(['required', 'too-long', 'not-one-of', 'blank', 'outside-years', 'amount-without-currency']));
    expect(found(String.raw`\bparams: \{ code: '`, ['libs/tickets/domain/src', 'apps/tickets/src', ':!*.spec.ts'])).toHaveLength(rulesAlone.length);
  });

  it.each([['Chinese', fieldFaultsZh], ['English', fieldFaultsEn]])('are the ones there are words for in %s', (_language, words) => {
    expect(Object.keys(words).sort()).toEqual([...faultCodes].sort());
  });
});
