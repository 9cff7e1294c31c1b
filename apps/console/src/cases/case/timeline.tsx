import { memo, useMemo, useState } from 'react';
import { Checkbox } from 'antd';
import type { TimelineEntry as Entry } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { isClockEvent } from './event-words.js';
import { TimelineEntry } from './timeline-entry.js';

interface Day {
  readonly key: string;
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Runs of entries of one day, in the order given. A backdated entry may open its day again. */
export const byDay = (entries: readonly Entry[], dayOf: (occurredAt: string) => string): readonly Day[] => {
  const days: { key: string; name: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const name = dayOf(entry.occurredAt);
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ key: String(entry.revision), name, entries: [entry] });
  }
  return days;
};

interface Props {
  readonly entries: readonly Entry[];
  readonly timeZone: string;
}

/** Newest first, in the order of record. */
export const Timeline = memo(({ entries, timeZone }: Props) => {
  const { m, zoned } = useLanguage();
  const [withClocks, setWithClocks] = useState(true);
  const time = zoned(timeZone);
  const days = useMemo(
    () => byDay(entries.filter(({ type }) => withClocks || !isClockEvent(type)).toSorted((one, other) => other.revision - one.revision), time.day),
    [entries, withClocks, time],
  );
  return (
    <section className="panel" aria-labelledby="timeline-title">
      <div className="panel-head">
        <h2 id="timeline-title">{m.case.timelineTitle}</h2>
        <Checkbox checked={withClocks} onChange={(event) => setWithClocks(event.target.checked)}>{m.case.showClockEvents}</Checkbox>
      </div>
      {days.map(({ key, name, entries: ofDay }) => (
        <section key={key} className="day">
          <h3>{name}</h3>
          <ol className="timeline">{ofDay.map((entry) => <TimelineEntry key={entry.revision} entry={entry} timeZone={timeZone} />)}</ol>
        </section>
      ))}
    </section>
  );
});
