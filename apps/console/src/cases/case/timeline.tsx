import { memo, useMemo, useState } from 'react';
import { Checkbox } from 'antd';
import type { TimelineEntry as Entry } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { byDay } from './by-day.js';
import { isClockEvent } from './event-words.js';
import { TimelineEntry } from './timeline-entry.js';

interface Props {
  readonly entries: readonly Entry[];
  readonly timeZone: string;
}

/** Newest first, in the order of record. */
export const Timeline = memo(({ entries, timeZone }: Props) => {
  const { m, zoned } = useLanguage();
  const [withClocks, setWithClocks] = useState(true);
  /** What comes while the page is open is marked for a moment. */
  const [known] = useState(() => entries.reduce((last, { revision }) => Math.max(last, Number(revision)), -1));
  const time = zoned(timeZone);
  const days = useMemo(
    () => byDay(entries.filter(({ type }) => withClocks || !isClockEvent(type)).toSorted((one, other) => Number(other.revision) - Number(one.revision)), time.day),
    [entries, withClocks, time],
  );
  return (
    <section className="panel timeline-panel" aria-labelledby="timeline-title">
      <div className="panel-head">
        <h2 id="timeline-title" tabIndex={-1}>{m.case.timelineTitle}</h2>
        <Checkbox checked={withClocks} onChange={(event) => setWithClocks(event.target.checked)}>{m.case.showClockEvents}</Checkbox>
      </div>
      {days.map(({ key, name, entries: ofDay }) => (
        <section key={key} className="day">
          <h3>{name}</h3>
          <ol className="timeline">{ofDay.map((entry) => <TimelineEntry key={entry.revision} entry={entry} timeZone={timeZone} isNew={Number(entry.revision) > known} />)}</ol>
        </section>
      ))}
    </section>
  );
});
