import type { ClockSummary } from '../api.js';
import { useLanguage } from '../language/language.js';
import { useNow } from '../time/use-now.js';
import { dueState } from './due-state.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

interface Props {
  readonly clock: ClockSummary | null;
  readonly awaitsAct: boolean;
  readonly timeZone: string;
}

/** A deadline in words, coloured by its state. Counts down by itself: by seconds in the last hour, where seconds are told. */
export const DueLabel = ({ clock, awaitsAct, timeZone }: Props) => {
  const { m, duration, zoned } = useLanguage();
  const isNear = clock?.dueAt != null && Math.abs(Date.parse(clock.dueAt) - Date.now()) < HOUR_MS;
  const now = useNow(isNear ? SECOND_MS : MINUTE_MS);
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
