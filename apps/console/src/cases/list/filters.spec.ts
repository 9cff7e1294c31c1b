import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeFilters, countNarrowing, DUES, filtersOf, parseFilters, SORTS, STATUSES, toFacetQuery, toQuery, toSearch } from './filters.js';
import type { Filters } from './filters.js';

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).map((value) => value.trim()).filter((value) => value !== '');
const filters: fc.Arbitrary<Filters> = fc.record(
  { status: fc.constantFrom(...STATUSES), sort: fc.constantFrom(...SORTS), due: fc.constantFrom(...DUES), department: text, queue: text, channel: text, mallId: text, cursor: text },
  { requiredKeys: ['status', 'sort'] },
);

describe('filters in the address', () => {
  it('come back as they went in', () => {
    fc.assert(fc.property(filters, (before) => { expect(parseFilters(new URLSearchParams(toSearch(before)))).toEqual(before); }));
  });

  it('leave the words searched for out of it, and take none from it', () => {
    fc.assert(fc.property(filters, text, (before, q) => { expect(toSearch({ ...before, q })).toBe(toSearch(before)); }));
    expect(parseFilters(new URLSearchParams('q=%E7%8E%8B&due=today'))).toEqual({ status: 'open', sort: 'due', due: 'today' });
  });

  it('have the words of the history entry beside them, and begin at the first page where those are lost', () => {
    const address = new URLSearchParams('status=all&cursor=abc');
    expect(filtersOf(address, { q: '王', lost: false })).toEqual({ status: 'all', sort: 'due', q: '王', cursor: 'abc' });
    expect(filtersOf(address, { lost: false })).toEqual({ status: 'all', sort: 'due', cursor: 'abc' });
    expect(filtersOf(address, { lost: true })).toEqual({ status: 'all', sort: 'due' });
  });

  it('are the defaults in an empty address, and the other way round', () => {
    expect(parseFilters(new URLSearchParams())).toEqual({ status: 'open', sort: 'due' });
    expect(toSearch({ status: 'open', sort: 'due' })).toBe('');
  });

  it('ignore what is no filter or no value of one', () => {
    expect(parseFilters(new URLSearchParams('status=lost&due=tomorrow&sort=&department=+&colour=red'))).toEqual({ status: 'open', sort: 'due' });
  });

  it('are written in one order, whatever the order of choosing', () => {
    const one = changeFilters(changeFilters(parseFilters(new URLSearchParams()), { due: 'today' }), { department: 'PWDx' });
    const other = changeFilters(changeFilters(parseFilters(new URLSearchParams()), { department: 'PWDx' }), { due: 'today' });
    expect(toSearch(one)).toBe(toSearch(other));
  });

  it('go back to the first page when one changes, and let one go when it is emptied', () => {
    expect(changeFilters({ status: 'all', sort: 'opened', cursor: 'abc', department: 'PWDx' }, { department: '' })).toEqual({ status: 'all', sort: 'opened' });
    expect(changeFilters({ status: 'all', sort: 'due', due: 'today' }, { due: undefined })).toEqual({ status: 'all', sort: 'due' });
  });

  it('ask the service for a page, and for facets of all pages', () => {
    const chosen: Filters = { status: 'routed', sort: '-opened', q: 'a&b', cursor: 'xyz' };
    expect(toQuery(chosen)).toBe('status=routed&sort=-opened&q=a%26b&cursor=xyz&limit=50');
    expect(toFacetQuery(chosen)).toBe('status=routed&q=a%26b');
  });

  it('count what narrows the list beside status and text', () => {
    expect(countNarrowing({ status: 'closed', sort: 'due', q: 'x', due: 'none', mallId: 'main' })).toBe(2);
  });
});
