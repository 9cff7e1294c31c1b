import { Progress } from 'antd';
import type { Runner } from '../api.js';
import { word } from '../language/en.js';
import { useLanguage } from '../language/language.js';
import { useNow } from '../time/use-now.js';
import { RebuildButton } from './rebuild-button.js';
import { rebuildProgress } from './runner-progress.js';

const RebuildProgress = ({ runner }: { readonly runner: Runner }) => {
  const { m, count, duration } = useLanguage();
  const now = useNow(1000);
  const progress = rebuildProgress(runner);
  if (progress === undefined || runner.rebuild == null) return null;
  return (
    <div className="rebuild">
      <Progress percent={Math.floor(progress.fraction * 100)} status="active" aria-label={m.system.rebuildOf(runner.name)} />
      <span className="quiet">
        {runner.rebuild.phase} · {m.system.progress(count(progress.done), count(progress.total))} · {m.system.since(duration(now - Date.parse(runner.rebuild.startedAt)))}
      </span>
    </div>
  );
};

const Lag = ({ lag }: { readonly lag: number | null }) => {
  const { m, count } = useLanguage();
  if (lag === null) return <>{m.system.unknownLag}</>;
  return <>{lag === 0 ? m.system.caughtUp : m.system.lag(count(lag))}</>;
};

interface Props {
  readonly runners: readonly Runner[];
  readonly mayRebuild: boolean;
}

export const RunnerList = ({ runners, mayRebuild }: Props) => {
  const { m } = useLanguage();
  const { columns } = m.system;
  if (runners.length === 0) return <p className="quiet">{m.system.noRunners}</p>;
  return (
    <ul className="runners">
      {runners.map((runner) => (
        <li key={runner.name} className="runner">
          <div className="runner-head">
            <h3>{runner.name}</h3>
            <span className={`state state-${runner.state}`}>{word(m.system.states, runner.state)}</span>
            <span className="quiet">{word(m.system.kinds, runner.kind)}</span>
            {mayRebuild && runner.kind === 'projection' && <RebuildButton name={runner.name} busy={runner.state === 'rebuilding'} />}
          </div>
          <dl className="runner-facts">
            <div><dt>{columns.lag}</dt><dd><Lag lag={runner.lag} /></dd></div>
            <div><dt>{columns.position}</dt><dd>{runner.position}</dd></div>
            <div><dt>{columns.logEnd}</dt><dd>{runner.logEnd}</dd></div>
          </dl>
          {runner.error != null && runner.error !== '' && <p className="runner-error" role="alert">{runner.error}</p>}
          <RebuildProgress runner={runner} />
        </li>
      ))}
    </ul>
  );
};
