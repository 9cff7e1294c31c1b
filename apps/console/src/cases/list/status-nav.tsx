import { Link } from 'react-router';
import type { FacetValue } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { changeFilters, STATUSES, toSearch } from './filters.js';
import type { Filters } from './filters.js';
import { searched } from './searched.js';

/** The service counts each status; open and all are sums of them. */
export const statusCounts = (statuses: readonly FacetValue[] | undefined): ReadonlyMap<string, number> => {
  if (statuses === undefined) return new Map();
  const counted = statuses.map(({ value, count }) => [value, count] as const);
  const sum = (of: typeof counted): number => of.reduce((total, [, count]) => total + count, 0);
  const uncounted = STATUSES.map((status) => [status, 0] as const);
  return new Map<string, number>([...uncounted, ...counted, ['open', sum(counted.filter(([status]) => status !== 'closed'))], ['all', sum(counted)]]);
};

interface Props {
  readonly filters: Filters;
  readonly statuses: readonly FacetValue[] | undefined;
}

export const StatusNav = ({ filters, statuses }: Props) => {
  const { m, count } = useLanguage();
  const counts = statusCounts(statuses);
  return (
    <nav className="status-nav" aria-label={m.list.statusNav}>
      {STATUSES.map((status) => {
        const n = counts.get(status);
        return (
          <Link
            key={status}
            to={`/cases${toSearch(changeFilters(filters, { status }))}`}
            state={searched.stateOf(filters.q)}
            aria-current={status === filters.status ? 'page' : undefined}
            preventScrollReset
          >
            {word(m.statuses, status)}
            <span className="tally">{n === undefined ? '' : count(n)}</span>
          </Link>
        );
      })}
    </nav>
  );
};
