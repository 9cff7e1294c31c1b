import { memo, useId, useState } from 'react';
import { ERASED } from '../../api.js';
import type { TimelineEntry as Entry } from '../../api.js';
import { useFreshness } from '../../app/use-freshness.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { useRoleTitle } from '../../session/use-me.js';
import { detailsOf, eventSentence, isClockEvent, proseOf, wasRecordedLater } from './event-words.js';
import type { Wording } from './event-words.js';

interface Props {
  readonly entry: Entry;
  readonly timeZone: string;
  /** It came while the page was open. */
  readonly isNew: boolean;
}

const EntryDetails = ({ entry, wording }: { readonly entry: Entry; readonly wording: Wording }) => {
  const details = detailsOf(entry.data, wording);
  return (
    <>
      {details.length > 0 && (
        <dl className="facts">
          {details.map(({ label, value, erased }, index) => (
            <div key={index}><dt>{label}</dt><dd className={erased ? 'erased' : undefined}>{value}</dd></div>
          ))}
        </dl>
      )}
      <details>
        <summary>{wording.m.case.rawJson}</summary>
        <pre tabIndex={0}>{JSON.stringify(entry, null, 2)}</pre>
      </details>
    </>
  );
};

export const TimelineEntry = memo(({ entry, timeZone, isNew }: Props) => {
  const { m, duration, zoned } = useLanguage();
  const roleTitle = useRoleTitle();
  const time = zoned(timeZone);
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const wording = { m, time, duration };
  const fresh = useFreshness(entry.revision, isNew) ? ' fresh' : '';
  return (
    <li className={`entry ${isClockEvent(entry.type) ? 'entry-clock' : `entry-${entry.type}`}${fresh}`}>
      <time className="entry-time" dateTime={entry.occurredAt} title={time.exact(entry.occurredAt)}>{time.clock(entry.occurredAt)}</time>
      <div className="entry-body">
        <p className="sentence">{eventSentence(entry, wording)}</p>
        {proseOf(entry.data).map((text, index) => (
          <blockquote key={index} className={text === ERASED ? 'erased' : undefined}>{text === ERASED ? m.case.erased : text}</blockquote>
        ))}
        <p className="entry-meta">
          <span title={entry.actor.id}>{roleTitle(entry.actor.role)}{entry.actor.role !== 'system' && ` · ${entry.actor.id}`}</span>
          <span>{m.case.revision(entry.revision)}</span>
          {wasRecordedLater(entry) && (
            <span className="recorded">
              {entry.backdatingReason != null && <b className="badge">{m.case.backdated}</b>}
              <time dateTime={entry.recordedAt} title={time.exact(entry.recordedAt)}>{m.case.recorded(time.dateTime(entry.recordedAt))}</time>
              {entry.backdatingReason != null && `: ${word(m.case.backdatingReasons, entry.backdatingReason)}`}
            </span>
          )}
          <button type="button" className="unfold" aria-expanded={open} aria-controls={detailsId} onClick={() => setOpen(!open)}>{m.case.details}</button>
        </p>
        <div id={detailsId} hidden={!open}>{open && <EntryDetails entry={entry} wording={wording} />}</div>
      </div>
    </li>
  );
});
