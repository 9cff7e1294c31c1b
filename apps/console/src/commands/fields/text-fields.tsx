import { Input } from 'antd';
import type { LineField, LinesField, MoneyField, NumberField } from '../command-schema.js';
import { digitsOf, lengthOf, parseAmount } from '../draft.js';
import { useLanguage } from '../../language/language.js';
import { unremembered } from './field-control.js';
import type { FieldProps, FormPlace } from './field-control.js';
import { FieldShell } from './field-shell.js';

/** From this share of the longest text on, what is left is told. */
const NEAR_END = 0.8;
/** A line that may be longer than this takes the whole width. */
const SHORT = 120;

const useCounter = (value: string, fault: string | undefined, maxLength: number | undefined): string | undefined => {
  const { m, count } = useLanguage();
  const length = lengthOf(value.trim());
  if (maxLength === undefined || fault !== undefined || length < maxLength * NEAR_END) return undefined;
  return length > maxLength ? m.desk.form.over(count(length - maxLength)) : m.desk.form.left(count(maxLength - length));
};

/** Suggestions lie below for whoever points, and come up while typing for whoever types. */
const Suggestions = ({ suggestions, value, disabled, onChange }: Pick<FieldProps<LineField>, 'value' | 'disabled' | 'onChange'> & Pick<LineField, 'suggestions'>) => (
  <div className="quick" aria-hidden="true">
    {suggestions.map((one) => <button key={one} type="button" tabIndex={-1} disabled={disabled} data-chosen={one === value} onClick={() => onChange(one)}>{one}</button>)}
  </div>
);

export const LineControl = ({ field, id, value, fault, disabled, onChange, onLeave }: FieldProps<LineField>) => {
  const { maxLength, suggestions, input, example } = field;
  const listId = `${id}-list`;
  const offers = suggestions.length > 0;
  return (
    <FieldShell field={field} id={id} fault={fault} note={useCounter(value, fault, maxLength)} wide={(maxLength ?? 0) > SHORT && input === undefined}
      control={({ describedBy, invalid }) => (
        <>
          <Input
            id={id} value={value} disabled={disabled} {...unremembered} type={input ?? 'text'} list={offers ? listId : undefined} placeholder={offers || input !== undefined ? undefined : example}
            status={invalid ? 'error' : ''} aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required}
            onChange={(event) => onChange(event.target.value)} onBlur={onLeave}
          />
          {offers && <datalist id={listId}>{suggestions.map((one) => <option key={one} value={one} />)}</datalist>}
          {offers && <Suggestions suggestions={suggestions} value={value} disabled={disabled} onChange={onChange} />}
        </>
      )}
    />
  );
};

export const LinesControl = ({ field, id, value, fault, disabled, onChange, onLeave }: FieldProps<LinesField>) => (
  <FieldShell field={field} id={id} fault={fault} note={useCounter(value, fault, field.maxLength)} wide
    control={({ describedBy, invalid }) => (
      <Input.TextArea
        id={id} value={value} disabled={disabled} {...unremembered} rows={3} status={invalid ? 'error' : ''}
        aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required}
        onChange={(event) => onChange(event.target.value)} onBlur={onLeave}
      />
    )}
  />
);

const symbolOf = (currency: string): string => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
  } catch (error) {
    if (error instanceof RangeError) return currency;
    throw error;
  }
};

export const MoneyControl = ({ field, id, value, fault, disabled, onChange, onLeave, place }: FieldProps<MoneyField> & { readonly place: FormPlace }) => {
  const currency = (place.draft[field.currencyPointer] ?? '').trim().toUpperCase() || place.currency;
  const digits = digitsOf(currency);
  const tidy = (): void => {
    const amount = parseAmount(value, digits);
    if (amount !== undefined) onChange((amount / 10 ** digits).toFixed(digits));
    onLeave();
  };
  return (
    <FieldShell field={field} id={id} fault={fault}
      control={({ describedBy, invalid }) => (
        <Input
          id={id} value={value} disabled={disabled} {...unremembered} inputMode="decimal" prefix={symbolOf(currency)} suffix={<span className="quiet">{currency}</span>}
          status={invalid ? 'error' : ''} aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required}
          onChange={(event) => onChange(event.target.value)} onBlur={tidy}
        />
      )}
    />
  );
};

export const NumberControl = ({ field, id, value, fault, disabled, onChange, onLeave }: FieldProps<NumberField>) => (
  <FieldShell field={field} id={id} fault={fault}
    control={({ describedBy, invalid }) => (
      <Input
        id={id} value={value} disabled={disabled} {...unremembered} inputMode={field.integer ? 'numeric' : 'decimal'} status={invalid ? 'error' : ''}
        aria-describedby={describedBy} aria-invalid={invalid} aria-required={field.required}
        onChange={(event) => onChange(event.target.value)} onBlur={onLeave}
      />
    )}
  />
);
