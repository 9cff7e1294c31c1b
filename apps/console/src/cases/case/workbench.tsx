import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import type { CaseDetail } from '../../api.js';
import type { CommandForm as Description } from '../../commands/command-schema.js';
import { useCommands, useDrafts, useShowWritten } from '../../commands/use-work.js';
import { useShortcuts } from '../../app/shortcuts.js';
import { useLanguage } from '../../language/language.js';
import { ProblemNotice } from '../../problem/problem-notice.js';
import { CaseCommand } from './case-command.js';

interface Props {
  readonly item: CaseDetail;
  readonly timeZone: string;
  readonly currency: string;
}

/** What can be done with a case now: the usual next step first, every other one beside it, one of them open as a form. */
export const Workbench = ({ item, timeZone, currency }: Props) => {
  const { m, code } = useLanguage();
  const words = m.desk.work;
  const { data: commands = [], isPending, error, isFetching, refetch } = useCommands();
  const drafts = useDrafts(item.id);
  const showWritten = useShowWritten();
  const [open, setOpen] = useState(() => [...drafts.keys()][0]);
  const [brought, setBrought] = useState<string>();
  const [said, setSaid] = useState('');
  const section = useRef<HTMLElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const returnTo = useRef<string>(undefined);

  const allowed = commands.filter(({ creates, type }) => !creates && item.allowed.includes(type));
  // What somebody was writing stays within reach, even when it is not possible any more.
  const kept = commands.filter(({ creates, type }) => !creates && !item.allowed.includes(type) && (drafts.has(type) || type === open));
  // The usual next step stands first, the others in the order of a case.
  const shown = [...allowed, ...kept].sort((one, other) => Number(other.type === item.next) - Number(one.type === item.next));
  const opened = shown.find(({ type }) => type === open);

  // The focus goes back to the step that was closed, or to the next one.
  useEffect(() => {
    if (open !== undefined || returnTo.current === undefined) return;
    (bar.current?.querySelector<HTMLElement>(`[data-command="${returnTo.current}"]`) ?? bar.current?.querySelector<HTMLElement>('button'))?.focus();
    returnTo.current = undefined;
  }, [open, item.revision]);

  const close = (type: string): void => {
    returnTo.current = type;
    setOpen(undefined);
  };
  const onDone = async (form: Description, nothingToDo: boolean): Promise<void> => {
    const title = form.title[code];
    setSaid(words.catchingUp);
    const outcome = await showWritten(item.id);
    // Meanwhile another step may have been opened, or the focus taken elsewhere: both stay.
    if (document.activeElement === document.body || section.current?.contains(document.activeElement) === true) returnTo.current = '';
    setOpen((now) => (now === form.type ? undefined : now));
    setSaid(outcome === 'later' ? words.shownLater : nothingToDo ? words.nothingToDo(title) : words.done(title));
  };
  const choose = (type: string): void => {
    returnTo.current = undefined;
    setSaid('');
    setBrought(undefined);
    setOpen(type === open ? undefined : type);
  };

  // While a form is open, its choices have the numbers.
  const byNumber = open === undefined;
  useShortcuts(byNumber ? Object.fromEntries(shown.map(({ type }, index) => [String(index + 1), () => choose(type)])) : {});

  return (
    <section ref={section} className="panel workbench" aria-labelledby="work-title">
      <div className="panel-head">
        <h2 id="work-title">{words.title}</h2>
        <p className={said === '' ? 'work-said' : 'work-said work-said-something'} role="status">{said}</p>
      </div>
      {error !== null && <ProblemNotice error={error} retrying={isFetching} onRetry={() => void refetch()} />}
      {isPending && <p className="quiet" role="status">{words.loading}</p>}
      {!isPending && error === null && shown.length === 0 && <p className="quiet">{commands.some(({ creates }) => !creates) ? words.nothing : words.readOnly}</p>}
      {shown.length > 0 && (
        <div className="commands" ref={bar}>
          {shown.map(({ type, title }, index) => {
            const isNext = type === item.next;
            return (
              <Button
                key={type} data-command={type} type={isNext && open === undefined ? 'primary' : 'default'} className={`command-button${isNext ? ' command-next' : ''}${type === open ? ' command-open' : ''}`}
                aria-expanded={type === open} aria-keyshortcuts={byNumber ? String(index + 1) : undefined} onClick={() => choose(type)}
              >
                {isNext && <small>{words.next}</small>}
                <span>{title[code]}{byNumber && <kbd aria-hidden="true">{index + 1}</kbd>}</span>
                {drafts.has(type) && type !== open && <span className="draft-mark" title={words.draft}><span className="unseen">, {words.draft}</span></span>}
              </Button>
            );
          })}
        </div>
      )}
      {opened !== undefined && (
        <CaseCommand
          key={opened.type} form={opened} item={item} timeZone={timeZone} currency={currency} allowed={allowed}
          onClose={() => close(opened.type)} onDone={(nothingToDo) => void onDone(opened, nothingToDo)} brought={brought}
          onSwitch={(type, text) => {
            setBrought(text);
            setOpen(type);
          }}
        />
      )}
    </section>
  );
};
