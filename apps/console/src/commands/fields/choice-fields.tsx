import { Checkbox, Select } from 'antd';
import type { KeyboardEvent } from 'react';
import type { ChoiceField, FlagField } from '../command-schema.js';
import { useLanguage } from '../../language/language.js';
import type { FieldProps } from './field-control.js';
import { FieldShell } from './field-shell.js';

/** As many as there are digits to choose them by. */
const MOST_SIDE_BY_SIDE = 10;
/** From this many on the choice by its number is offered in words. */
const WORTH_NUMBERS = 4;

const keyOf = (index: number): string => String((index + 1) % 10);

/** Few values lie side by side and are chosen by one key, many in a list. */
export const ChoiceControl = ({ field, id, value, fault, disabled, onChange, onLeave }: FieldProps<ChoiceField>) => {
  const { code, m } = useLanguage();
  const { options } = field;
  if (options.length > MOST_SIDE_BY_SIDE) {
    return (
      <FieldShell field={field} id={id} fault={fault}
        control={({ describedBy, invalid }) => (
          <Select
            id={id} value={value === '' ? undefined : value} disabled={disabled} allowClear={!field.required} status={invalid ? 'error' : ''}
            aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required} showSearch={{ optionFilterProp: 'label' }}
            options={options.map((option) => ({ value: option.value, label: option.label[code] }))}
            onChange={(next: string | undefined) => onChange(next ?? '')} onBlur={onLeave}
          />
        )}
      />
    );
  }
  const byNumber = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!field.required && (event.key === 'Backspace' || event.key === 'Delete')) return onChange('');
    const chosen = options.find((_option, index) => keyOf(index) === event.key);
    if (chosen === undefined) return;
    event.preventDefault();
    onChange(chosen.value);
    document.getElementById(`${id}-${chosen.value}`)?.focus();
  };
  return (
    <FieldShell field={field} id={id} fault={fault} isSet wide note={options.length >= WORTH_NUMBERS ? <span className="by-number">{m.desk.form.choiceKeys}</span> : undefined}
      control={() => (
        <div className="segments" onKeyDown={byNumber} onBlur={onLeave}>
          {options.map((option, index) => (
            <label key={option.value} className="segment">
              <input
                type="radio" id={`${id}-${option.value}`} name={id} value={option.value} checked={value === option.value} disabled={disabled}
                required={field.required} aria-keyshortcuts={keyOf(index)} onChange={() => onChange(option.value)}
              />
              <span>{options.length >= WORTH_NUMBERS && <kbd aria-hidden="true">{keyOf(index)}</kbd>}{option.label[code]}</span>
            </label>
          ))}
        </div>
      )}
    />
  );
};

/** Its label is the question, so it needs no other. */
export const FlagControl = ({ field, id, value, disabled, onChange, onLeave }: FieldProps<FlagField>) => {
  const { code } = useLanguage();
  return (
    <div className="field field-flag">
      <Checkbox id={id} checked={value === 'true'} disabled={disabled} onBlur={onLeave} onChange={(event) => onChange(event.target.checked ? 'true' : '')}>
        {field.label[code]}
      </Checkbox>
    </div>
  );
};
