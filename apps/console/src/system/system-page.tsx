import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { REFRESH_MS } from '../app/queries.js';
import { usePageTitle } from '../app/use-page-title.js';
import { useLanguage } from '../language/language.js';
import { ProblemNotice } from '../problem/problem-notice.js';
import { useApi } from '../session/session-context.js';
import { RunnerList } from './runner-list.js';

const REBUILDING_REFRESH_MS = 1_000;

const HealthPanel = () => {
  const { m } = useLanguage();
  const api = useApi();
  const { data, error, isPending, isFetching, refetch } = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => api.health(signal) });
  return (
    <section className="panel" aria-labelledby="health-title">
      <div className="panel-head">
        <h2 id="health-title">{m.system.health}</h2>
        {data !== undefined && <span className={`state state-${data.state}`} role="status">{m.system.healthStates[data.state]}</span>}
      </div>
      {error !== null && <ProblemNotice error={error} retrying={isFetching} onRetry={() => void refetch()} />}
      {isPending && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {data !== undefined && data.reasons.length > 0 && (
        <>
          <h3 className="quiet">{m.system.reasons}</h3>
          <ul className="reasons">{data.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
        </>
      )}
      <p className="quiet docs"><a href="/docs">{m.system.docs} ↗</a> <span>{m.system.docsText}</span></p>
    </section>
  );
};

const RunnersPanel = () => {
  const { m } = useLanguage();
  const api = useApi();
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.me(signal), refetchInterval: false, staleTime: Infinity });
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['runners'],
    queryFn: ({ signal }) => api.runners(signal),
    refetchInterval: ({ state }) => (state.data?.some(({ state: now }) => now === 'rebuilding') ? REBUILDING_REFRESH_MS : REFRESH_MS / 3),
  });
  return (
    <section className="panel" aria-labelledby="runners-title">
      <h2 id="runners-title">{m.system.runners}</h2>
      {error !== null && <ProblemNotice error={error} stale={data !== undefined} retrying={isFetching} onRetry={() => void refetch()} />}
      {isPending && <div role="status"><span className="unseen">{m.system.loading}</span><Skeleton active paragraph={{ rows: 4 }} /></div>}
      {data !== undefined && <RunnerList runners={data} mayRebuild={me.data?.systemActions.includes('rebuild-projection') ?? false} />}
    </section>
  );
};

export const SystemPage = () => {
  const { m } = useLanguage();
  usePageTitle(m.system.title);
  return (
    <div className="page">
      <div className="page-head"><h1>{m.system.title}</h1></div>
      <HealthPanel />
      <RunnersPanel />
    </div>
  );
};
