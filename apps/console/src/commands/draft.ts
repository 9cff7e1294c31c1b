/** What somebody has typed into a form so far, what is wrong with it, and the body it becomes. */
import { parseLocalText } from '../time/local-time.js';
import type { Field, LeafField } from './command-schema.js';

/** By JSON pointer, as it was typed: times in the mall's zone, money in main units, flags as `true`. Blank is absent. */
export type Draft = Readonly<Record<string, string>>;

export interface Place {
  /** IANA name. */
  readonly timeZone: string;
  /** ISO 4217; of amounts that name none. */
  readonly currency: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type FaultKind = 'missing' | 'unchosen' | 'too-long' | 'pattern' | 'no-time' | 'no-amount' | 'no-number' | 'too-small' | 'too-large';

export interface Fault {
  readonly pointer: string;
  readonly kind: FaultKind;
  /** What a text must look like, or the bound that was passed. */
  readonly hint?: string;
}

/** As the service counts them: characters of Unicode, of which an emoji may be one. */
export const lengthOf = (text: string): number => [...text].length;

const textOf = (draft: Draft, pointer: string): string => (draft[pointer] ?? '').trim();

export const isFilled = (field: Field, draft: Draft): boolean =>
  field.kind === 'group' ? field.fields.some((inner) => isFilled(inner, draft)) : textOf(draft, field.pointer) !== '';

/** Digits after the point of an amount in a currency. */
export const digitsOf = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch (error) {
    if (error instanceof RangeError) return 2;
    throw error;
  }
};

/** Minor units of an amount as it is typed (`1,299`, `199.5`, `￥199.50`); undefined when it is none. */
export const parseAmount = (typed: string, digits: number): number | undefined => {
  const text = typed.trim().replace(/^[¥￥$€£]\s*/, '').replaceAll(/(?<=\d)[,，](?=\d{3}(\D|$))/g, '').replace('。', '.');
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0);
};

const currencyOf = (draft: Draft, pointer: string, { currency }: Place): string => textOf(draft, pointer) || currency;

const valueOf = (field: LeafField, draft: Draft, place: Place): unknown => {
  const text = textOf(draft, field.pointer);
  switch (field.kind) {
    case 'line':
    case 'choice': return text;
    case 'lines': return text.replaceAll('\r\n', '\n');
    case 'flag': return text === 'true';
    case 'number': return Number(text);
    case 'money': return parseAmount(text, digitsOf(currencyOf(draft, field.currencyPointer, place)));
    case 'instant': {
      const at = parseLocalText(text, place.timeZone, place.now);
      return at === undefined ? undefined : new Date(at).toISOString();
    }
    case 'unknown': return undefined;
  }
};

/** The body to send. Call it on a draft without faults. */
export const bodyOf = (fields: readonly Field[], draft: Draft, place: Place): Record<string, unknown> => {
  const named = fields.flatMap((field): readonly (readonly [string, unknown])[] => {
    if (!isFilled(field, draft)) return [];
    const value = field.kind === 'group' ? bodyOf(field.fields, draft, place) : valueOf(field, draft, place);
    return value === undefined ? [] : [[nameOf(field.pointer), value]];
  });
  const currencies = fields.flatMap((field) =>
    field.kind === 'money' && isFilled(field, draft) ? [[nameOf(field.currencyPointer), currencyOf(draft, field.currencyPointer, place)] as const] : []);
  // A currency without an amount says nothing.
  const idle = new Set(fields.flatMap((field) => (field.kind === 'money' && !isFilled(field, draft) ? [nameOf(field.currencyPointer)] : [])));
  return Object.fromEntries([...named.filter(([name]) => !idle.has(name)), ...currencies]);
};

const nameOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~');

/** What would be refused as it stands, in the order of the fields. The service has the last word. */
export const faultsOf = (fields: readonly Field[], draft: Draft, place: Place): readonly Fault[] =>
  fields.flatMap((field): readonly Fault[] => {
    if (field.kind === 'group') return field.required || isFilled(field, draft) ? faultsOf(field.fields, draft, place) : [];
    if (!isFilled(field, draft)) return field.required ? [{ pointer: field.pointer, kind: field.kind === 'choice' ? 'unchosen' : 'missing' }] : [];
    const fault = faultOf(field, textOf(draft, field.pointer), draft, place);
    return fault === undefined ? [] : [{ pointer: field.pointer, ...fault }];
  });

const faultOf = (field: LeafField, text: string, draft: Draft, place: Place): Omit<Fault, 'pointer'> | undefined => {
  switch (field.kind) {
    case 'line': {
      if (field.maxLength !== undefined && lengthOf(text) > field.maxLength) return { kind: 'too-long', hint: String(field.maxLength) };
      const fits = field.pattern === undefined || new RegExp(field.pattern, 'u').test(text);
      return fits ? undefined : { kind: 'pattern', ...(field.example !== undefined && { hint: field.example }) };
    }
    case 'lines': return field.maxLength !== undefined && lengthOf(text) > field.maxLength ? { kind: 'too-long', hint: String(field.maxLength) } : undefined;
    case 'instant': return valueOf(field, draft, place) === undefined ? { kind: 'no-time' } : undefined;
    case 'money': {
      const amount = valueOf(field, draft, place);
      return typeof amount === 'number' && amount <= (field.maximum ?? Infinity) ? undefined : { kind: 'no-amount' };
    }
    case 'number': {
      const value = Number(text);
      if (Number.isNaN(value) || (field.integer && !Number.isInteger(value))) return { kind: 'no-number' };
      if (value < (field.minimum ?? -Infinity)) return { kind: 'too-small', hint: String(field.minimum) };
      return value > (field.maximum ?? Infinity) ? { kind: 'too-large', hint: String(field.maximum) } : undefined;
    }
    case 'choice':
    case 'flag':
    case 'unknown': return undefined;
  }
};
