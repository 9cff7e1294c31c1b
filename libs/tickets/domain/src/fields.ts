import { z } from 'zod';
import { toInstant, toMs } from './instant.js';
import type { Label } from './label.js';

/** What a form or a document shows for a field: its English title, and the Chinese one beside it. */
const labelled = <Schema extends z.ZodType>(schema: Schema, { en, zh }: Label): Schema => schema.meta({ title: en, 'x-zh': zh });

const UNPAIRED = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_IN_LINES = /[^\P{Cc}\n\t]/u;
/** Neither blank nor a mark of formatting, such as a space of no width. */
const VISIBLE = /[^\p{White_Space}\p{Cf}]/u;

/** Trimmed and not empty; `max` counts characters of Unicode. */
const text = (max: number, control: RegExp) => z.string().overwrite(withPlainLineBreaks).trim().min(1).max(max)
  .refine((value) => value === '' || VISIBLE.test(value), { error: 'holds nothing that can be seen', params: { code: 'blank' } })
  .refine((value) => !UNPAIRED.test(value), { error: 'contains half a character (an unpaired surrogate)', params: { code: 'half-character' } })
  .refine((value) => !control.test(value), { error: 'contains control characters', params: { code: 'control-characters' } });

const withPlainLineBreaks = (value: string): string => value.replaceAll(/\r\n?/g, '\n');

/** One line: trimmed, not empty, without control characters. `max` counts characters of Unicode. */
export const line = (max: number, label: Label) => labelled(text(max, CONTROL), label);

/** Trimmed, not empty; line breaks (as \n) and tabs are its only control characters. `max` counts characters of Unicode. */
export const lines = (max: number, { en, zh }: Label) =>
  text(max, CONTROL_IN_LINES).meta({ title: en, 'x-zh': zh, 'x-multiline': true });

/** Outside these years it is a slip of the pen, and texts of instants would no longer order as the times do. */
const FIRST_YEAR_MS = toMs('1900-01-01T00:00:00.000Z');
const LAST_YEAR_MS = toMs('2200-01-01T00:00:00.000Z');

/** An ISO 8601 date and time with `Z` or an offset, brought to UTC with milliseconds. Impossible dates are refused. */
export const instant = (label: Label) => labelled(
  z.iso.datetime({ offset: true, error: 'must be a date and time of the calendar, such as 2025-03-01T10:00:00+08:00' })
    .refine((value) => !(toMs(value) < FIRST_YEAR_MS || toMs(value) >= LAST_YEAR_MS), { error: 'must lie between the years 1900 and 2199', params: { code: 'outside-years' } })
    .overwrite((value) => (Number.isNaN(toMs(value)) ? value : toInstant(toMs(value)))),
  label,
);

/** An amount of money in minor units of its currency (分, cents). */
export const amountMinor = (label: Label) => labelled(z.int().min(0).max(1_000_000_000_000), label);

/** ISO 4217, e.g. `CNY`. */
export const currency = (label: Label) => labelled(z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as CNY'), label);

/** BCP 47, e.g. `zh-CN`. */
export const language = (label: Label) => labelled(
  z.string().max(35).regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag, such as zh-CN'), label,
);

export const emailAddress = (label: Label) => labelled(text(254, CONTROL).regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'), label);

/** One of `values`, each with the word that people read for it. */
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values, { en, zh }: Label, words: Readonly<Record<Values[number], Label>>) =>
  z.enum(values).meta({ title: en, 'x-zh': zh, 'x-labels': words });

/** How a form asks for a field, beyond its shape and its words. Nothing here changes what is accepted. */
export interface Hints {
  /** Folded away until it is wanted. */
  readonly seldom?: boolean;
  /** Words to choose from; others may be written all the same. */
  readonly suggestions?: readonly string[];
  /** Of a choice: values that nobody chooses by hand; whoever else sends them is taken. */
  readonly unoffered?: readonly string[];
  /** On which side of now a time usually lies. */
  readonly when?: 'ahead' | 'past';
  /** Of an amount in minor units: the field beside it that holds its currency. */
  readonly currency?: string;
  /** The keyboard that a phone shows. */
  readonly input?: 'tel' | 'email';
  /** What it looks like. */
  readonly example?: string;
}

export const hinted = <Schema extends z.ZodType>(schema: Schema, { example, ...hints }: Hints): Schema => schema.meta({
  ...Object.fromEntries(Object.entries(hints).map(([name, value]) => [`x-${name}`, value])),
  ...(example !== undefined && { examples: [example] }),
});
