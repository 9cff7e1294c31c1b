import type { Field } from './command-schema.js';
import { isFilled } from './draft.js';
import type { Draft } from './draft.js';
import { ChoiceControl, FlagControl } from './fields/choice-fields.js';
import type { FormPlace } from './fields/field-control.js';
import { RequiredMark } from './fields/field-shell.js';
import { InstantControl } from './fields/instant-field.js';
import { LineControl, LinesControl, MoneyControl, NumberControl } from './fields/text-fields.js';
import { useLanguage } from '../language/language.js';

/** What a form's fields share with it. */
export interface FormFields {
  /** Before each field's id. */
  readonly prefix: string;
  readonly draft: Draft;
  readonly place: FormPlace;
  readonly disabled: boolean;
  readonly faultAt: (pointer: string) => string | undefined;
  readonly onType: (pointer: string, value: string) => void;
  readonly onLeave: (pointer: string) => void;
}

/** The control that has the focus when its field is to be looked at. */
export const controlOf = (prefix: string, pointer: string): HTMLElement | null =>
  document.getElementById(`${prefix}${pointer}`)
  ?? document.querySelector<HTMLElement>(`input[name="${CSS.escape(`${prefix}${pointer}`)}"]:checked, input[name="${CSS.escape(`${prefix}${pointer}`)}"]`);

/** The control for a field of whatever kind. */
export const FormField = ({ field, form }: { readonly field: Field; readonly form: FormFields }) => {
  const { code, m } = useLanguage();
  const { pointer } = field;
  if (field.kind === 'group') {
    // Of a group that may be left out, nothing is required until something is given.
    const isWanted = field.required || isFilled(field, form.draft);
    return (
      <fieldset className="field-group field-wide">
        <legend>{field.label[code]}{field.required && <RequiredMark />}</legend>
        <div className="field-grid">{field.fields.map((inner) => <FormField key={inner.pointer} field={isWanted ? inner : { ...inner, required: false }} form={form} />)}</div>
      </fieldset>
    );
  }
  const common = {
    id: `${form.prefix}${pointer}`,
    value: form.draft[pointer] ?? '',
    fault: form.faultAt(pointer),
    disabled: form.disabled,
    onChange: (value: string) => form.onType(pointer, value),
    onLeave: () => form.onLeave(pointer),
  };
  switch (field.kind) {
    case 'line': return <LineControl {...common} field={field} />;
    case 'lines': return <LinesControl {...common} field={field} />;
    case 'choice': return <ChoiceControl {...common} field={field} />;
    case 'instant': return <InstantControl {...common} field={field} place={form.place} />;
    case 'money': return <MoneyControl {...common} field={field} place={form.place} />;
    case 'number': return <NumberControl {...common} field={field} />;
    case 'flag': return <FlagControl {...common} field={field} />;
    case 'unknown': return <p className="field-note field-wide">{field.label[code]}: {m.desk.form.unknownField}</p>;
  }
};
