import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from 'antd';
import { useLanguage } from '../language/language.js';
import type { CommandForm as Description } from './command-schema.js';
import type { Draft } from './draft.js';
import { FormField } from './form-field.js';
import { FormProblem } from './form-problem.js';
import { useForm } from './use-form.js';
import type { Work } from './work.js';

interface Props {
  readonly form: Description;
  readonly work: Work;
  readonly timeZone: string;
  readonly currency: string;
  readonly fixed?: Draft;
  readonly submitLabel: string;
  readonly onType: (pointer: string, value: string) => void;
  readonly onSend: (body: object) => void;
  /** Gives up the question whether the last attempt was done, to send something else. */
  readonly onEditAnyway: () => void;
  readonly onClose?: () => void;
  readonly onDiscard?: () => void;
  /** Stands between the fields and the buttons. */
  readonly children?: ReactNode;
  /** Shown for a refusal in place of the usual notice and button; gets what sends the form once more. */
  readonly refusal?: ((again: () => void) => ReactNode) | undefined;
  /** What is possible instead, below a refusal. */
  readonly instead?: ReactNode;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const sendKeys = isMac ? '⌘ Enter' : 'Ctrl Enter';

const nothingFixed: Draft = {};

/** A form for any command. Ctrl or ⌘ with Enter sends it from anywhere within, Esc closes it and keeps what was typed. */
export const CommandForm = ({ form, work, timeZone, currency, fixed = nothingFixed, submitLabel, onType, onSend, onEditAnyway, onClose, onDiscard, children, refusal, instead }: Props) => {
  const { m, code } = useLanguage();
  const words = m.desk.form;
  const element = useRef<HTMLFormElement>(null);
  // What may have been done is either sent again as it is, or knowingly given up.
  const locked = work.attempt?.open === true && !work.sending;
  const state = useForm({ form, work, timeZone, currency, fixed, locked, onType, onSend });
  const { fields, often, seldom, unfolded, backdating, backdated } = state;

  useEffect(() => {
    const first = element.current?.querySelector<HTMLElement>('input:not([tabindex="-1"]):not(:disabled), textarea, button[type=submit]');
    // Of a choice that was made already, what is chosen.
    const chosen = first instanceof HTMLInputElement && first.type === 'radio' ? element.current?.querySelector<HTMLElement>(`input[name="${CSS.escape(first.name)}"]:checked`) : null;
    (chosen ?? first)?.focus();
  }, []);

  const repeat = (): void => {
    if (work.attempt === undefined) return state.submit();
    const [, body] = JSON.parse(work.attempt.content) as [string, object];
    onSend(body);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (locked) repeat();
      else state.submit();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // Enter ends a word of an input method more often than a form.
      event.preventDefault();
    } else if (event.key === 'Escape' && onClose !== undefined && !event.defaultPrevented && document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden)') === null) {
      onClose();
    }
  };

  return (
    <form
      ref={element} className="command-form" noValidate aria-label={form.title[code]} aria-busy={work.sending} onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        state.submit();
      }}
    >
      <div ref={state.notice} tabIndex={-1} className="form-notices">
        {refusal?.(state.submit) ?? (work.problem !== undefined && (
          <FormProblem problem={work.problem} unknown={locked} sending={work.sending} stray={state.stray} onRepeat={repeat} onEditAnyway={onEditAnyway}>{instead}</FormProblem>
        ))}
      </div>
      {often.length > 0 && <div className="field-grid">{often.map((field) => <FormField key={field.pointer} field={field} form={fields} />)}</div>}
      {seldom.length > 0 && (
        <>
          <button type="button" className="fold" aria-expanded={unfolded} onClick={() => state.setUnfolded(!unfolded)}>
            {words.more(seldom.map((field) => field.label[code]).join(code === 'zh' ? '、' : ', '))}
          </button>
          {unfolded && <div className="field-grid">{seldom.map((field) => <FormField key={field.pointer} field={field} form={fields} />)}</div>}
        </>
      )}
      {backdated && (
        <fieldset className="field-group backdating">
          <legend>{words.backdate}</legend>
          <p className="quiet">{words.backdateHint}</p>
          <div className="field-grid">{backdating.map((field) => <FormField key={field.pointer} field={field} form={fields} />)}</div>
        </fieldset>
      )}
      {children}
      <p className="unseen" role="status">{state.faultCount > 0 ? words.faultCount(state.faultCount) : ''}</p>
      <div className="form-foot">
        {refusal === undefined && (
          <Button type="primary" htmlType="submit" loading={work.sending} disabled={locked}>
            {work.sending ? words.sending : submitLabel}{!work.sending && <kbd aria-hidden="true">{sendKeys}</kbd>}
          </Button>
        )}
        {onClose !== undefined && <Button onClick={onClose}>{words.cancel}<kbd aria-hidden="true">Esc</kbd></Button>}
        {onDiscard !== undefined && work.touched && <Button type="text" disabled={work.sending} onClick={onDiscard}>{words.discard}</Button>}
        {backdating.length > 0 && (
          <Button type="text" className="backdate" aria-expanded={backdated} disabled={fields.disabled} onClick={() => state.setBackdated(!backdated)}>
            {backdated ? words.backdateOff : words.backdate}
          </Button>
        )}
      </div>
    </form>
  );
};
