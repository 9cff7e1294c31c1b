import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../api.js';
import { messages } from '../language/language.js';
import { describeFieldError, describeProblem } from './describe-problem.js';

const { en, zh } = messages;
const problem = (status: number, more: object = {}) => describeProblem(new ProblemError({ title: 'Title', status, ...more }), en);

describe('problems in words', () => {
  it('of a service that is away', () => {
    expect(problem(0, { code: 'no-answer' })).toEqual({ ...en.problem.codes['no-answer'], passing: false });
  });

  it('of a view that is behind: a matter of a moment', () => {
    expect(problem(409, { code: 'view-behind', detail: 'in English' })).toEqual({ ...en.problem.codes['view-behind'], passing: true });
  });

  it('of a page that could not be read, without a word of sending again', () => {
    const error = new ProblemError({ title: 'Title', status: 500, code: 'internal' });
    expect(describeProblem(error, en, true)).toEqual({ ...en.frame.reading.internal, passing: false });
    expect(describeProblem(error, en)).toEqual({ ...en.problem.codes.internal, passing: false });
    expect(describeProblem(new ProblemError({ title: 'Title', status: 403, code: 'forbidden' }), en, true)).toEqual({ ...en.problem.codes.forbidden, passing: false });
  });

  it('of a view that is parked: not a matter of a moment', () => {
    expect(problem(409, { code: 'view-parked' })).toEqual({ title: 'Title', text: 'HTTP 409', passing: false });
  });

  it('of a service that says what is wrong, in its own words', () => {
    expect(problem(422, { detail: 'q is too long' })).toEqual({ title: 'Title', text: 'q is too long', passing: false });
  });

  it('of something unforeseen', () => {
    expect(describeProblem(new TypeError('x is not a function'), en)).toEqual({ title: en.problem.title, text: 'x is not a function', passing: false });
  });
});

describe('faults of fields in words', () => {
  it('are in the language of the reader, with the limit where there is one', () => {
    expect(describeFieldError({ path: '/note', code: 'blank', message: 'holds nothing that can be seen' }, zh)).toBe('此项没有可见的文字，请重新填写。');
    expect(describeFieldError({ path: '/note', code: 'too-long', limit: 4_000, message: 'Too big' }, zh)).toBe('最多 4,000 字。');
    expect(describeFieldError({ path: '/note', code: 'too-long', message: 'Too big' }, en)).toBe('Too long.');
  });

  it('are those of the service where a code has none, or there is no code', () => {
    expect(describeFieldError({ path: '/note', code: 'of-tomorrow', message: 'is not new enough' }, en)).toBe('Not accepted: is not new enough');
    expect(describeFieldError({ path: '/note', message: 'is not new enough' }, zh)).toBe('未被接受：is not new enough');
  });
});
