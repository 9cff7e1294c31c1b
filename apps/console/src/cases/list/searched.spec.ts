import { describe, expect, it } from '@jest/globals';
import { createSearched } from './searched.js';

const fresh = () => {
  let given = 0;
  return createSearched(() => `sign-${++given}`);
};

describe('what is searched for', () => {
  it('comes back by what the history entry holds, which does not tell it', () => {
    const searched = fresh();
    const [one, other] = [searched.stateOf('王女士'), searched.stateOf('13800000000')];
    expect(JSON.stringify([one, other])).not.toMatch(/王|138/);
    expect([searched.at(one), searched.at({ ...other, trail: [''] })]).toEqual([{ q: '王女士', lost: false }, { q: '13800000000', lost: false }]);
    expect(searched.stateOf('王女士')).toEqual(one);
  });

  it('leaves nothing in the entry of a list that was not searched', () => {
    const searched = fresh();
    expect([searched.stateOf(undefined), searched.stateOf('')]).toEqual([undefined, undefined]);
    expect([undefined, null, 'sign-1', { trail: [''] }, { searched: 1 }].map((state) => searched.at(state))).toEqual(Array.from({ length: 5 }, () => ({ lost: false })));
  });

  it('is lost when it is forgotten, and when the page is loaded anew', () => {
    const searched = fresh();
    const state = searched.stateOf('王女士');
    searched.forget();
    expect([searched.at(state), fresh().at(state)]).toEqual([{ lost: true }, { lost: true }]);
  });
});
