import { Link, useLocation } from 'react-router';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { CasePage } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { changeFilters, PAGE_SIZE, toSearch } from './filters.js';
import type { Filters } from './filters.js';
import { searched } from './searched.js';

/** The cursors of the pages before this one, '' for the first; they travel in the history entry, since cursors only lead forward. */
const trailOf = (state: unknown): readonly string[] | undefined =>
  typeof state === 'object' && state !== null && 'trail' in state && Array.isArray(state.trail) && state.trail.every((item) => typeof item === 'string')
    ? state.trail
    : undefined;

interface Props {
  readonly filters: Filters;
  readonly page: CasePage;
}

export const Pager = ({ filters, page }: Props) => {
  const { m, count } = useLanguage();
  const { state } = useLocation();
  const here = filters.cursor ?? '';
  const trail = here === '' ? [] : trailOf(state);
  const to = (cursor: string): string => `/cases${toSearch(changeFilters(filters, { cursor }))}`;
  const words = searched.stateOf(filters.q);
  const from = (trail?.length ?? 0) * PAGE_SIZE;
  const before = trail?.at(-1);
  return (
    <nav className="pager" aria-label={m.list.paging}>
      {trail !== undefined && <span>{m.list.range(count(from + 1), count(from + page.items.length), count(page.total))}</span>}
      {trail === undefined && <Link className="button-link" to={to('')} state={words}>{m.list.first}</Link>}
      {before !== undefined && (
        <Link className="button-link" rel="prev" to={to(before)} state={{ ...words, trail: trail?.slice(0, -1) }}>
          <LeftOutlined aria-hidden /> {m.list.previous}
        </Link>
      )}
      {page.next != null && (
        <Link className="button-link" rel="next" to={to(page.next)} state={{ ...words, trail: [...(trail ?? ['']), here] }}>
          {m.list.next} <RightOutlined aria-hidden />
        </Link>
      )}
    </nav>
  );
};
