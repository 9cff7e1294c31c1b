import { useCallback, useState } from 'react';
import type { Clock } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { ClockBar } from './clock-bar.js';

interface Props {
  readonly clocks: readonly Clock[];
  readonly timeZone: string;
}

/** Those that still count come first, the others in the order in which they were started. */
const byUrgency = (clocks: readonly Clock[]): readonly Clock[] => [...clocks.filter(({ stoppedAt }) => stoppedAt == null), ...clocks.filter(({ stoppedAt }) => stoppedAt != null)];

export const Clocks = ({ clocks, timeZone }: Props) => {
  const { m } = useLanguage();
  const { legend } = m.case;
  const [ranOut, setRanOut] = useState('');
  const onRunOut = useCallback((name: string) => setRanOut(m.desk.clockOut(name)), [m]);
  return (
    <section className="panel clocks-panel" aria-labelledby="clocks-title">
      <h2 id="clocks-title">{m.case.clocksTitle}</h2>
      <p className="unseen" role="status">{ranOut}</p>
      {clocks.length === 0 ? (
        <p className="quiet">{m.case.noClocks}</p>
      ) : (
        <>
          <ul className="clocks">{byUrgency(clocks).map((clock) => <ClockBar key={clock.clockId} clock={clock} timeZone={timeZone} onRunOut={onRunOut} />)}</ul>
          <div className="legend" aria-hidden="true">
            <span><i className="seg seg-elapsed" />{legend.elapsed}</span>
            <span><i className="seg seg-paused" />{legend.paused}</span>
            <span><i className="seg seg-over" />{legend.over}</span>
            <span><i className="mark mark-due" />{m.case.dueLabel}</span>
            <span><i className="mark mark-stop" />{legend.stop}</span>
            <span><i className="mark mark-now" />{legend.now}</span>
          </div>
        </>
      )}
    </section>
  );
};
