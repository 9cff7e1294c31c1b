import { Progress } from 'antd';
import type { Rebuild, Runner } from '../api.js';
import { word } from '../language/en.js';
import { useLanguage } from '../language/language.js';
import { useNow } from '../time/use-now.js';
import { RebuildButton } from './rebuild-button.js';
import { hasFailed, rebuildFraction } from './runner-progress.js';

const RebuildState = ({ name, rebuild }: { readonly name: string; readonly rebuild: Rebuild }) => {
  const { m, count, duration } = useLanguage();
  const now = useNow(1000);
  const phase = word(m.system.phases, rebuild.phase);
  if (hasFailed(rebuild)) return <p className="runner-error" role="alert">{m.system.rebuildFailed}: {phase}. {rebuild.error}</p>;
  return (
    <div className="rebuild">
      <Progress percent={Math.floor(rebuildFraction(rebuild) * 100)} status="active" aria-label={m.system.rebuildOf(name)} />
      <span className="quiet">
        {phase} · {m.system.progress(count(rebuild.events))} · {m.system.since(duration(now - Date.parse(rebuild.startedAt)))}
      </span>
    </div>
  );
};

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const HaltReason = ({ error }: { readonly error: NonNullable<Runner['error']> }) => {
  const { m, zoned } = useLanguage();
  const { message, type, position, since } = error;
  const where = [type, position && m.system.haltedAt(position), since && m.system.haltedSince(zoned(ownZone).dateTime(since))].filter(Boolean).join(' · ');
  return (
    <p className="runner-error" role="alert">
      {message}
      {where !== '' && <small>{where}</small>}
    </p>
  );
};

/** How far it has come in the log. */
const Progressed = ({ runner: { lag, position, logEnd } }: { readonly runner: Runner }) => {
  const { m, count } = useLanguage();
  const { columns } = m.system;
  return (
    <dl className="runner-facts">
      <div><dt>{columns.lag}</dt><dd>{lag === null ? m.system.unknown : lag === 0 ? m.system.caughtUp : count(lag)}</dd></div>
      <div><dt>{columns.position}</dt><dd>{position}</dd></div>
      <div><dt>{columns.logEnd}</dt><dd>{logEnd === '-1' ? '—' : logEnd}</dd></div>
    </dl>
  );
};

interface Props {
  readonly runners: readonly Runner[];
  readonly mayRebuild: boolean;
}

export const RunnerList = ({ runners, mayRebuild }: Props) => {
  const { m } = useLanguage();
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
          {runner.position !== null && <Progressed runner={runner} />}
          {runner.error !== undefined && <HaltReason error={runner.error} />}
          {runner.rebuild !== undefined && <RebuildState name={runner.name} rebuild={runner.rebuild} />}
        </li>
      ))}
    </ul>
  );
};
