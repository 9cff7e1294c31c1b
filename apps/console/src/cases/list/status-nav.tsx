import { Link } from 'react-router';
import type { FacetValue } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { changeFilters, STATUSES, toSearch } from './filters.js';
import type { Filters } from './filters.js';

interface Props {
  readonly filters: Filters;
  readonly statuses: readonly FacetValue[] | undefined;
}

export const StatusNav = ({ filters, statuses }: Props) => {
  const { m, count } = useLanguage();
  const counts = new Map(statuses?.map(({ value, count: n }) => [value, n]));
  return (
    <nav className="status-nav" aria-label={m.list.statusNav}>
      {STATUSES.map((status) => {
        const n = counts.get(status);
        return (
          <Link
            key={status}
            to={`/cases${toSearch(changeFilters(filters, { status }))}`}
            aria-current={status === filters.status ? 'page' : undefined}
            preventScrollReset
          >
            {word(m.statuses, status)}
            {n !== undefined && <span className="tally">{count(n)}</span>}
          </Link>
        );
      })}
    </nav>
  );
};
