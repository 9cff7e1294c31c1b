import { describe, expect, it } from '@jest/globals';
import type { CaseSummary } from '../../api.js';
import { countNew, steadyRows } from './steady-list.js';

const row = (id: string, more: Partial<CaseSummary> = {}): CaseSummary => ({
  id, reference: id, mallId: 'main', status: 'registered', subject: id, channel: 'desk', openedAt: '2026-03-01T02:00:00.000Z', lastActivityAt: '2026-03-01T02:00:00.000Z',
  acknowledge: null, promise: null, revision: '0', ...more,
});
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe('a list that is being read', () => {
  it('keeps every row at its place, as it is now', () => {
    const { rows, added, differs } = steadyRows([row('a'), row('b')], [row('b', { status: 'routed', revision: '3' }), row('a')]);
    expect(rows).toEqual([{ item: row('a'), hasLeft: false }, { item: row('b', { status: 'routed', revision: '3' }), hasLeft: false }]);
    expect({ added, differs }).toEqual({ added: [], differs: true });
  });

  it('adds no row and takes none away, and says what would', () => {
    const { rows, added, differs } = steadyRows([row('a'), row('b')], [row('c'), row('b')]);
    expect(rows.map(({ item, hasLeft }) => [item.id, hasLeft])).toEqual([['a', true], ['b', false]]);
    expect({ added: ids(added), differs }).toEqual({ added: ['c'], differs: true });
  });

  it('has nothing to say where only contents changed', () => {
    expect(steadyRows([row('a'), row('b')], [row('a', { revision: '1' }), row('b')])).toMatchObject({ added: [], differs: false });
  });

  it('calls new what was opened since, and not what came up from another page', () => {
    const before = [row('a'), row('b', { openedAt: '2026-03-02T02:00:00.000Z' })];
    expect(countNew([row('old'), row('new', { openedAt: '2026-03-02T02:00:01.000Z' })], before)).toBe(1);
  });
});
