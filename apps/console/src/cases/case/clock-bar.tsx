import { memo, useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import type { Clock } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { useNow } from '../../time/use-now.js';
import { ClockCountdown } from './clock-countdown.js';
import { clockBar } from './clock-geometry.js';
import { countsAgainAt } from '../clock-time.js';
import { clockVerdict } from './clock-verdict.js';

const percent = (fraction: number): string => `${(fraction * 100).toFixed(3)}%`;
const at = (fraction: number): CSSProperties => ({ insetInlineStart: percent(fraction) });

interface Props {
  readonly clock: Clock;
  readonly timeZone: string;
  /** Its time ran out while somebody was looking. */
  readonly onRunOut: (name: string) => void;
}

/** One clock from its start to its deadline and beyond. It alone renders again each second. */
export const ClockBar = memo(({ clock, timeZone, onRunOut }: Props) => {
  const { m, duration, zoned } = useLanguage();
  const now = useNow(1000);
  const time = zoned(timeZone);
  const bar = clockBar(clock, now);
  const { tone } = clockVerdict(clock, now, m, duration);
  const ongoing = clock.pauses.find(({ to }) => to == null);
  const name = word(m.clocks, clock.name);
  const closedUntil = tone === 'running' || tone === 'soon' ? countsAgainAt(clock, now) : undefined;

  const before = useRef(tone);
  useEffect(() => {
    if (tone === 'overdue' && (before.current === 'running' || before.current === 'soon')) onRunOut(name);
    before.current = tone;
  }, [tone, name, onRunOut]);

  const moments = [
    { label: m.case.started, at: clock.startedAt },
    ...(clock.dueAt === null ? [] : [{ label: m.case.dueLabel, at: clock.dueAt }]),
    ...(ongoing === undefined ? [] : [{ label: m.case.pausedSince, at: ongoing.from }]),
    ...(clock.stoppedAt == null ? [] : [{ label: m.case.stopped, at: clock.stoppedAt }]),
  ];
  return (
    <li className={`clock clock-${tone}`}>
      <div className="clock-head">
        <h3>{name}</h3>
        <ClockCountdown clock={clock} />
      </div>
      <div className="bar" aria-hidden="true">
        <div className="bar-track">
          {bar.segments.map(({ kind, from, to }, index) => (
            <i key={index} className={`seg seg-${kind}`} style={{ ...at(from), width: percent(to - from) }} />
          ))}
          {bar.axisBreak !== undefined && <i className="axis-break" style={at(bar.axisBreak)} title={m.case.compressed} />}
        </div>
        {bar.due !== undefined && <i className={bar.dueIsProjected ? 'mark mark-due mark-projected' : 'mark mark-due'} style={at(bar.due)} />}
        {bar.stop !== undefined && <i className="mark mark-stop" style={at(bar.stop)} />}
        {bar.now !== undefined && <i className="mark mark-now" style={at(bar.now)} />}
      </div>
      {closedUntil !== undefined && <p className="clock-closed">{m.desk.closedNow} · {m.desk.opensAt(time.withWeekday(closedUntil, now))}</p>}
      <dl className="moments">
        {moments.map((moment) => (
          <div key={moment.label}>
            <dt>{moment.label}</dt>
            <dd><time dateTime={moment.at} title={time.exact(moment.at)}>{time.short(moment.at, now)}</time></dd>
          </div>
        ))}
      </dl>
      <p className="clock-mode">
        {word(m.modes, clock.mode)}
        {clock.limitMs != null && ` · ${m.case.limit} ${duration(clock.limitMs)}`}
        {clock.pauses.length > 0 && ` · ${m.case.pauseCount(clock.pauses.length)}`}
      </p>
    </li>
  );
});
