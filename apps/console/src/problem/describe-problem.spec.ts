import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../api.js';
import { messages } from '../language/language.js';
import { describeProblem } from './describe-problem.js';

const { en } = messages;
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
