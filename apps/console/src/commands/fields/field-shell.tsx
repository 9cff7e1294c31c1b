import type { ReactNode } from 'react';
import type { Field } from '../command-schema.js';
import { useLanguage } from '../../language/language.js';

/** What a control is told about its surroundings: its id, and the ids of what describes it. */
export interface Described {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

export interface FieldShellProps {
  readonly field: Field;
  readonly id: string;
  readonly fault: string | undefined;
  /** Something quiet below the control. */
  readonly note?: ReactNode;
  /** Names a set of controls rather than one. */
  readonly isSet?: boolean;
  readonly wide?: boolean;
  readonly control: (described: Described) => ReactNode;
}

export const RequiredMark = () => {
  const { m } = useLanguage();
  return <><span className="required" aria-hidden="true">*</span><span className="unseen"> ({m.desk.form.required})</span></>;
};

/** Label, control, fault and note of one field, tied together for those who listen. */
export const FieldShell = ({ field, id, fault, note, isSet = false, wide = false, control }: FieldShellProps) => {
  const { code } = useLanguage();
  const [labelId, faultId, noteId] = [`${id}-label`, `${id}-fault`, `${id}-note`];
  const described = { id, describedBy: [fault !== undefined && faultId, note !== undefined && noteId].filter(Boolean).join(' ') || undefined, invalid: fault !== undefined };
  const label = <>{field.label[code]}{field.required && <RequiredMark />}</>;
  const below = (
    <>
      {fault !== undefined && <p id={faultId} className="field-fault">{fault}</p>}
      {note !== undefined && <div id={noteId} className="field-note">{note}</div>}
    </>
  );
  const className = `field field-${field.kind}${wide ? ' field-wide' : ''}${fault === undefined ? '' : ' field-faulty'}`;
  if (isSet) {
    return (
      <fieldset className={className} aria-describedby={described.describedBy}>
        <legend id={labelId}>{label}</legend>
        {control(described)}
        {below}
      </fieldset>
    );
  }
  return (
    <div className={className}>
      <label id={labelId} htmlFor={id}>{label}</label>
      {control(described)}
      {below}
    </div>
  );
};
