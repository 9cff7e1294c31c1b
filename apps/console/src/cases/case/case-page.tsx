import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link, useLocation, useParams } from 'react-router';
import { ProblemError } from '../../api.js';
import type { CaseDetail } from '../../api.js';
import { usePageTitle } from '../../app/use-page-title.js';
import { useLanguage } from '../../language/language.js';
import { MessagePage } from '../../problem/message-page.js';
import { ProblemNotice } from '../../problem/problem-notice.js';
import { useApi } from '../../session/session-context.js';
import { listPlaceOf } from '../list/list-place.js';
import { useMalls } from '../use-malls.js';
import { CaseFacts } from './case-facts.js';
import { CaseHead } from './case-head.js';
import { Clocks } from './clocks.js';
import { Timeline } from './timeline.js';
import { Workbench } from './workbench.js';

const CaseBody = ({ item }: { readonly item: CaseDetail }) => {
  const { mallZone, mallCurrency } = useMalls();
  const timeZone = mallZone(item.mallId);
  return (
    <>
      <CaseHead item={item} timeZone={timeZone} />
      <div className="case-columns">
        <Workbench item={item} timeZone={timeZone} currency={mallCurrency(item.mallId)} />
        <aside className="case-side">
          <Clocks clocks={item.clocks} timeZone={timeZone} />
          <CaseFacts item={item} timeZone={timeZone} />
        </aside>
        <Timeline entries={item.timeline} timeZone={timeZone} />
      </div>
    </>
  );
};

const CaseSkeleton = () => {
  const { m } = useLanguage();
  return (
    <div role="status">
      <h1 className="unseen">{m.case.loading}</h1>
      <div className="panel" aria-hidden="true"><Skeleton active title={{ width: '45%' }} paragraph={{ rows: 2 }} /></div>
      <div className="panel" aria-hidden="true"><Skeleton active paragraph={{ rows: 8 }} /></div>
    </div>
  );
};

export const CasePage = () => {
  const { m } = useLanguage();
  const { id = '' } = useParams();
  const api = useApi();
  const { listSearch, listState } = listPlaceOf(useLocation().state);
  const { data, error, isPending, isFetching, refetch } = useQuery({ queryKey: ['case', id], queryFn: ({ signal }) => api.case(id, signal) });
  // Not what somebody said: a browser keeps the titles of pages, whoever is erased here.
  usePageTitle(data === undefined ? m.case.loading : [data.reference, data.shop ?? data.category].filter(Boolean).join(' '));
  if (error instanceof ProblemError && error.status === 404) return <MessagePage title={m.case.notFound} text={m.case.notFoundHint} />;
  return (
    <div className="page">
      <nav className="crumbs"><Link to={`/cases${listSearch}`} state={listState}>← {m.case.back}</Link></nav>
      {error !== null && <ProblemNotice error={error} stale={data !== undefined} retrying={isFetching} onRetry={() => void refetch()} />}
      {isPending && <CaseSkeleton />}
      {data !== undefined && <CaseBody key={data.id} item={data} />}
    </div>
  );
};
