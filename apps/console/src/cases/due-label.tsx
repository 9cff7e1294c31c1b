import type { ClockSummary } from '../api.js';
import { useLanguage } from '../language/language.js';
import { useNow } from '../time/use-now.js';
import { dueState } from './due-state.js';

interface Props {
  readonly clock: ClockSummary | null;
  readonly awaitsAct: boolean;
  readonly timeZone: string;
}

/** A deadline in words, coloured by its state. Counts down by itself. */
export const DueLabel = ({ clock, awaitsAct, timeZone }: Props) => {
  const { m, duration, zoned } = useLanguage();
  const now = useNow(1000);
  const state = dueState(clock, awaitsAct, now);
  const time = zoned(timeZone);
  switch (state.kind) {
    case 'none':
      return <span className="due-none"><span aria-hidden="true">—</span><span className="unseen">{m.due.none}</span></span>;
    case 'paused':
    case 'met':
    case 'superseded':
      return <span className={`due due-${state.kind}`}>{m.due[state.kind]}</span>;
    case 'broken':
      return (
        <span className="due due-broken" title={state.dueAtMs === undefined ? undefined : time.exact(state.dueAtMs)}>
          {m.due.broken}
        </span>
      );
    case 'overdue':
    case 'soon':
    case 'running': {
      const overdue = state.kind === 'overdue';
      const when = time.brief(state.dueAtMs, now);
      return (
        <span className={`due due-${state.kind}`} title={time.exact(state.dueAtMs)}>
          {overdue ? m.due.overdue(duration(state.byMs)) : m.due.in(duration(state.byMs))}
          <small>{overdue ? m.due.since(when) : m.due.by(when)}</small>
        </span>
      );
    }
  }
};
