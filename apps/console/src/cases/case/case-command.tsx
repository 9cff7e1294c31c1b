import { useEffect, useState } from 'react';
import { Button } from 'antd';
import { ProblemError } from '../../api.js';
import type { CaseDetail } from '../../api.js';
import { CommandForm } from '../../commands/command-form.js';
import { fieldsOf } from '../../commands/command-schema.js';
import type { CommandForm as Description } from '../../commands/command-schema.js';
import { useWork } from '../../commands/use-work.js';
import { useLanguage } from '../../language/language.js';
import { useSession } from '../../session/session-context.js';
import { Conflict } from './conflict.js';
import { othersSince } from './others-since.js';

interface Props {
  readonly form: Description;
  readonly item: CaseDetail;
  readonly timeZone: string;
  readonly currency: string;
  /** What is possible now. */
  readonly allowed: readonly Description[];
  /** Text that was written for another command and found no place there. */
  readonly brought: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (nothingToDo: boolean) => void;
  readonly onSwitch: (type: string, brought?: string) => void;
}

/** The one text of several lines that a command asks for, if it asks for one. */
const prosePointer = (form: Description): string | undefined => {
  const [only, ...more] = fieldsOf(form.schema).filter(({ kind }) => kind === 'lines');
  return more.length === 0 ? only?.pointer : undefined;
};

/** The focus goes along, so that whoever listens, or goes on by keys, is there as well. */
const showTimeline = (): void => {
  const heading = document.getElementById('timeline-title');
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView();
};

/** One command on the case that is shown. The revision that counts is the one from when it was opened, whatever the page shows since. */
export const CaseCommand = ({ form, item, timeZone, currency, allowed, brought, onClose, onDone, onSwitch }: Props) => {
  const { m, code } = useLanguage();
  const words = m.desk.form;
  const { session } = useSession();
  const { work, begin, type, accept, editAnyway, drop, leave, send } = useWork(item.id, form);
  const pointer = prosePointer(form);
  const [resumed] = useState(work?.touched === true);

  useEffect(() => {
    begin({ seen: item.revision, ...(brought !== undefined && pointer !== undefined && { values: { [pointer]: brought }, touched: true }) });
    return leave;
  }, []);

  if (work === undefined) return null;
  const { problem, seen = item.revision } = work;
  const refusal = problem instanceof ProblemError ? problem.problem : undefined;
  const isPossible = item.allowed.includes(form.type);
  const typed = pointer === undefined ? '' : (work.values[pointer] ?? '').trim();
  const others = othersSince(item.timeline, seen, session?.subject);

  const submit = async (body: object): Promise<void> => {
    const answer = await send(body);
    if (answer !== undefined) onDone(answer.events.length === 0);
  };
  const discard = (): void => {
    drop();
    onClose();
  };
  const possibleNow = allowed.filter((other) => other.type !== form.type && (refusal?.allowed === undefined || refusal.allowed.includes(other.type)));
  const instead = possibleNow.length > 0 && (
    <div className="instead">
      <span>{typed === '' ? words.possible : words.possibleWithText}</span>
      {possibleNow.map((other) => (
        <Button key={other.type} size="small" onClick={() => onSwitch(other.type, typed !== '' && prosePointer(other) !== undefined ? typed : undefined)}>{other.title[code]}</Button>
      ))}
    </div>
  );
  return (
    <div className="case-command">
      {resumed && work.touched && refusal === undefined && <p className="hint hint-quiet" role="status">{words.kept}</p>}
      {refusal === undefined && !isPossible && <div className="hint hint-strong" role="status"><p>{words.notPossibleAnyMore}</p>{instead}</div>}
      {refusal === undefined && isPossible && others.length > 0 && (
        <p className="hint" role="status">
          {words.changedSince} <button type="button" onClick={showTimeline}>{words.see}</button>
        </p>
      )}
      <CommandForm
        form={form} work={work} timeZone={timeZone} currency={currency} submitLabel={form.title[code]}
        onType={type} onSend={(body) => void submit(body)} onEditAnyway={editAnyway} onClose={onClose} onDiscard={discard}
        instead={refusal?.allowed !== undefined && instead}
        refusal={refusal?.status === 412 ? (again) => (
          <Conflict
            problem={refusal} item={item} timeZone={timeZone} sending={work.sending} possible={isPossible} instead={instead}
            onSendAnyway={() => {
              accept(refusal.current ?? item.revision);
              again();
            }}
            onKeepEditing={() => accept(refusal.current ?? item.revision)}
            onDiscard={discard}
          />
        ) : undefined}
      />
    </div>
  );
};
