import { useRef } from 'react';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { PlusOutlined } from '@ant-design/icons';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useNarrow } from '../../app/use-media.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { useCommands } from '../../commands/use-work.js';
import { useLanguage } from '../../language/language.js';
import { NotLoaded } from '../../problem/not-loaded.js';
import { ProblemNotice } from '../../problem/problem-notice.js';
import { useApi } from '../../session/session-context.js';
import { CaseCards } from './case-cards.js';
import { CasesTable } from './cases-table.js';
import { EmptyList } from './empty-list.js';
import { FilterBar } from './filter-bar.js';
import { changeFilters, countNarrowing, filtersOf, toFacetQuery, toQuery, toSearch } from './filters.js';
import { ListSkeleton } from './list-skeleton.js';
import { NewsLine } from './news-line.js';
import { Pager } from './pager.js';
import { useRowKeys } from './row-keys.js';
import { searched } from './searched.js';
import { StatusNav } from './status-nav.js';
import { useSteadyList } from './steady-list.js';

const useMayRegister = (): boolean => useCommands().data?.some(({ creates }) => creates) ?? false;

export const CasesPage = () => {
  const { m, count } = useLanguage();
  const api = useApi();
  const narrow = useNarrow();
  const mayRegister = useMayRegister();
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const filters = filtersOf(params, searched.at(state));
  const query = toQuery(filters);
  const facetQuery = toFacetQuery(filters);
  const container = useRef<HTMLDivElement>(null);
  usePageTitle(m.list.title);

  const cases = useQuery({
    queryKey: ['cases', query], queryFn: ({ signal }) => api.cases(query, signal), placeholderData: keepPreviousData, refetchOnMount: 'always',
  });
  const facets = useQuery({ queryKey: ['facets', facetQuery], queryFn: ({ signal }) => api.facets(facetQuery, signal), placeholderData: keepPreviousData });
  const list = useSteadyList({ key: query, page: cases.isPlaceholderData ? undefined : cases.data, fresh: cases.isFetchedAfterMount });

  const change = (part: Parameters<typeof changeFilters>[1], replace = false): void => {
    const next = changeFilters(filters, part);
    setParams(new URLSearchParams(toSearch(next)), { replace, preventScrollReset: true, state: searched.stateOf(next.q) });
  };
  const showNews = (): void => {
    const first = list?.added[0]?.id;
    list?.show();
    // The button goes away with the news: the reader goes on at the first of what is new, or where the list begins.
    requestAnimationFrame(() => {
      const target = container.current?.querySelector<HTMLElement>(first === undefined ? '.row-link' : `.row-link[href="/cases/${first}"]`);
      target?.focus();
    });
  };
  useRowKeys(container, list?.differs === true ? showNews : undefined);

  const isWhole = countNarrowing(filters) === 0 && filters.q === undefined;
  const isFirstDay = isWhole && facets.data !== undefined && facets.data.statuses.length === 0;
  const isOffline = cases.isPending && cases.fetchStatus === 'paused';
  return (
    <div className="page" ref={container}>
      <div className="page-head">
        <h1>{m.list.title}</h1>
        <p className="total" aria-live="polite">{list && (list.page.total === 1 ? m.list.one : m.list.total(count(list.page.total)))}</p>
        <span className="key-hint" aria-hidden="true"><kbd>?</kbd> {m.frame.shortcuts.hint}</span>
        {mayRegister && <Link className="button-link button-main" to="/cases/new"><PlusOutlined aria-hidden /> {m.frame.list.register}</Link>}
      </div>
      {list !== undefined && <NewsLine newCount={list.newCount} differs={list.differs && list.rows.length > 0} onShow={showNews} />}
      <StatusNav filters={filters} statuses={facets.data?.statuses} />
      <FilterBar filters={filters} facets={facets.data} narrow={narrow} onChange={change} />
      {cases.error && <ProblemNotice error={cases.error} stale={list !== undefined} retrying={cases.isFetching} onRetry={() => void cases.refetch()} />}
      {isOffline && <NotLoaded />}
      {cases.isPending && !isOffline && <ListSkeleton narrow={narrow} />}
      {list !== undefined && list.rows.length === 0 && (
        <EmptyList
          why={isFirstDay ? 'first-day' : isWhole && filters.status === 'open' ? 'all-done' : 'no-match'}
          mayRegister={mayRegister}
          onClear={() => setParams(new URLSearchParams())}
        />
      )}
      {list !== undefined && list.rows.length > 0 && (
        <div className={cases.isPlaceholderData ? 'listed fading' : 'listed'} aria-busy={cases.isPlaceholderData}>
          {narrow ? <CaseCards rows={list.rows} /> : <CasesTable rows={list.rows} />}
          <Pager filters={filters} page={list.page} />
        </div>
      )}
    </div>
  );
};
