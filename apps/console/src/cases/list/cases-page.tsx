import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useNarrow } from '../../app/use-media.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { useLanguage } from '../../language/language.js';
import { ProblemNotice } from '../../problem/problem-notice.js';
import { useApi } from '../../session/session-context.js';
import { CaseCards } from './case-cards.js';
import { CasesTable } from './cases-table.js';
import { FilterBar } from './filter-bar.js';
import { changeFilters, countNarrowing, parseFilters, toFacetQuery, toQuery, toSearch } from './filters.js';
import { ListSkeleton } from './list-skeleton.js';
import { Pager } from './pager.js';
import { StatusNav } from './status-nav.js';

export const CasesPage = () => {
  const { m, count } = useLanguage();
  const api = useApi();
  const narrow = useNarrow();
  const [params, setParams] = useSearchParams();
  const filters = parseFilters(params);
  const query = toQuery(filters);
  const facetQuery = toFacetQuery(filters);
  usePageTitle(m.list.title);

  const cases = useQuery({ queryKey: ['cases', query], queryFn: ({ signal }) => api.cases(query, signal), placeholderData: keepPreviousData });
  const facets = useQuery({ queryKey: ['facets', facetQuery], queryFn: ({ signal }) => api.facets(facetQuery, signal), placeholderData: keepPreviousData });
  const page = cases.data;

  const change = (part: Parameters<typeof changeFilters>[1], replace = false): void =>
    setParams(new URLSearchParams(toSearch(changeFilters(filters, part))), { replace, preventScrollReset: true });

  const untouched = countNarrowing(filters) === 0 && filters.q === undefined;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.list.title}</h1>
        <p className="total" aria-live="polite">{page && (page.total === 1 ? m.list.one : m.list.total(count(page.total)))}</p>
      </div>
      <StatusNav filters={filters} statuses={facets.data?.statuses} />
      <FilterBar filters={filters} facets={facets.data} narrow={narrow} onChange={change} />
      {cases.error && <ProblemNotice error={cases.error} stale={page !== undefined} retrying={cases.isFetching} onRetry={() => void cases.refetch()} />}
      {cases.isPending && <ListSkeleton narrow={narrow} />}
      {page !== undefined && page.items.length === 0 && (
        <div className="empty">
          <p>{untouched ? m.list.emptyAll : m.list.empty}</p>
          <p className="quiet">{untouched ? m.list.emptyAllHint : m.list.emptyHint}</p>
        </div>
      )}
      {page !== undefined && page.items.length > 0 && (
        <div className={cases.isPlaceholderData ? 'fading' : undefined} aria-busy={cases.isPlaceholderData}>
          {narrow ? <CaseCards items={page.items} /> : <CasesTable items={page.items} />}
          <Pager filters={filters} page={page} />
        </div>
      )}
    </div>
  );
};
