import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { Button, Input } from 'antd';
import { CalendarOutlined } from '@ant-design/icons';
import type { InstantField } from '../command-schema.js';
import { quickTimes } from '../quick-times.js';
import type { QuickTime } from '../quick-times.js';
import { useLanguage } from '../../language/language.js';
import { localText, parseLocalText } from '../../time/local-time.js';
import { useNow } from '../../time/use-now.js';
import { unremembered } from './field-control.js';
import type { FieldProps, FormPlace } from './field-control.js';
import { FieldShell } from './field-shell.js';

const MINUTE_MS = 60_000;

/** One stop of the Tab key; the arrows go from choice to choice. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const here = buttons.findIndex((button) => button === document.activeElement);
  buttons[(here + step + buttons.length) % buttons.length]?.focus();
};

/** A time in the mall's zone: typed in many ways, chosen by one click or from the browser's calendar. What was understood is said below. */
export const InstantControl = ({ field, id, value, fault, disabled, onChange, onLeave, place }: FieldProps<InstantField> & { readonly place: FormPlace }) => {
  const { m, duration, zoned } = useLanguage();
  const now = useNow(MINUTE_MS);
  const picker = useRef<HTMLInputElement>(null);
  const { timeZone } = place;
  const time = zoned(timeZone);
  const words = m.desk.form;
  const at = parseLocalText(value, timeZone, now);
  const distance = (instant: number): string => {
    const distanceMs = instant - now;
    if (Math.abs(distanceMs) < MINUTE_MS) return words.rightNow;
    return distanceMs > 0 ? words.inTime(duration(distanceMs)) : words.agoTime(duration(-distanceMs));
  };
  const nameOf = (quick: QuickTime): string => {
    if (quick.kind === 'day') return words.quickDay(quick.day, quick.time);
    if (quick.offsetMs === 0) return words.quickNow;
    return quick.offsetMs > 0 ? words.quickIn(duration(quick.offsetMs)) : words.quickAgo(duration(-quick.offsetMs));
  };
  /** `+2h` is counted from when it was typed. */
  const tidy = (): void => {
    const typed = parseLocalText(value, timeZone, Date.now());
    if (typed !== undefined) onChange(localText(typed, timeZone));
    onLeave();
  };
  const quick = quickTimes(field.when, timeZone, now);
  return (
    <FieldShell field={field} id={id} fault={fault}
      note={at === undefined ? undefined : words.echo(time.withWeekday(at, now), distance(at), time.zone())}
      control={({ describedBy, invalid }) => (
        <div className="instant">
          <div className="instant-typed">
            <Input
              id={id} value={value} disabled={disabled} {...unremembered} placeholder={words.timeExamples[field.when ?? 'any']} status={invalid ? 'error' : ''}
              aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required}
              onChange={(event) => onChange(event.target.value)} onBlur={tidy}
            />
            <input
              ref={picker} type="datetime-local" className="instant-picker" tabIndex={-1} aria-hidden="true" disabled={disabled}
              value={at === undefined ? '' : localText(at, timeZone).replace(' ', 'T')}
              onChange={(event) => onChange(event.target.value.replace('T', ' '))}
            />
            <Button type="text" className="instant-open" tabIndex={-1} disabled={disabled} icon={<CalendarOutlined aria-hidden />} aria-label={words.calendar} title={words.calendar} onClick={() => picker.current?.showPicker()} />
          </div>
          {quick.length > 0 && (
            <div className="quick" role="group" aria-label={words.quick} onKeyDown={moveFocus}>
              {quick.map((one, index) => (
                <button key={nameOf(one)} type="button" tabIndex={index === 0 ? 0 : -1} disabled={disabled} aria-pressed={one.at === value} onClick={() => onChange(one.at)}>{nameOf(one)}</button>
              ))}
            </div>
          )}
        </div>
      )}
    />
  );
};
