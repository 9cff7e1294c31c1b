import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { CaseDetail, Change, Problem } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { useRoleTitle } from '../../session/use-me.js';
import { eventSentence, proseOf } from './event-words.js';

interface Props {
  readonly problem: Problem;
  readonly item: CaseDetail;
  readonly timeZone: string;
  readonly sending: boolean;
  /** Whether what was to be sent is still possible at all. */
  readonly possible: boolean;
  /** What is possible in its place. */
  readonly instead: ReactNode;
  readonly onSendAnyway: () => void;
  readonly onKeepEditing: () => void;
  readonly onDiscard: () => void;
}

/** What someone else did while this was being written: who, what and when. What was typed stays in the form below. */
export const Conflict = ({ problem, item, timeZone, sending, possible, instead, onSendAnyway, onKeepEditing, onDiscard }: Props) => {
  const { m, duration, zoned } = useLanguage();
  const roleTitle = useRoleTitle();
  const words = m.desk.conflict;
  const queries = useQueryClient();
  const time = zoned(timeZone);
  const { title, text } = m.problem.codes['changed-by-others'] ?? { title: problem.title, text: '' };
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['case', item.id] });
  }, [queries, item.id, problem]);

  const shown = (change: Change) => {
    // The refusal says that something was written; the timeline says what.
    const entry = item.timeline.find(({ revision }) => revision === change.revision);
    const [prose] = entry === undefined ? [] : proseOf(entry.data);
    return (
      <li key={change.revision}>
        <p><strong>{eventSentence(entry ?? { type: change.type, data: {} }, { m, time, duration })}</strong></p>
        {prose !== undefined && <blockquote>{prose}</blockquote>}
        <p className="quiet">
          {words.by(roleTitle(change.actor.role), change.actor.id)} · <time dateTime={change.occurredAt}>{time.withWeekday(change.occurredAt, Date.now())}</time>
        </p>
      </li>
    );
  };
  return (
    <section className="form-problem conflict" role="alert">
      <h3>{title}</h3>
      <p>{possible ? text : m.desk.form.notPossibleAnyMore}</p>
      <ol className="conflict-changes" aria-label={words.lead}>{(problem.changes ?? []).filter(({ type }) => !type.startsWith('Clock')).map(shown)}</ol>
      {!possible && instead}
      <div className="form-problem-acts">
        {possible && <Button type="primary" loading={sending} onClick={onSendAnyway}>{words.sendAnyway}</Button>}
        {possible && <Button onClick={onKeepEditing}>{words.keepEditing}</Button>}
        <Button type="text" disabled={sending} onClick={onDiscard}>{words.discard}</Button>
      </div>
    </section>
  );
};
