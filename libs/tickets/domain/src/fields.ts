import { z } from 'zod';
import { toInstant, toMs } from './instant.js';

/** What a form or a document shows for a field: its English title, and the Chinese one beside it. */
interface FieldMeta {
  readonly en: string;
  readonly zh: string;
}

const labelled = <Schema extends z.ZodType>(schema: Schema, { en, zh }: FieldMeta): Schema => schema.meta({ title: en, 'x-zh': zh });

const UNPAIRED = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_IN_LINES = /[^\P{Cc}\n\t]/u;

const wellFormed = (text: string): boolean => !UNPAIRED.test(text);

/** Trimmed, not empty, without line breaks or other control characters. `max` counts UTF-16 units. */
export const line = (max: number, label: FieldMeta) => labelled(
  z.string().trim().min(1).max(max)
    .refine(wellFormed, 'contains half a character (an unpaired surrogate)')
    .refine((text) => !CONTROL.test(text), 'contains control characters'),
  label,
);

/** Trimmed, not empty; line breaks (as \n) and tabs are its only control characters. `max` counts UTF-16 units. */
export const lines = (max: number, label: FieldMeta) => z.string()
  .overwrite((text) => text.replaceAll('\r\n', '\n')).trim().min(1).max(max)
  .refine(wellFormed, 'contains half a character (an unpaired surrogate)')
  .refine((text) => !CONTROL_IN_LINES.test(text), 'contains control characters')
  .meta({ title: label.en, 'x-zh': label.zh, 'x-multiline': true });

/** Outside these years it is a slip of the pen, and texts of instants would no longer order as the times do. */
const FIRST_YEAR_MS = toMs('1900-01-01T00:00:00.000Z');
const LAST_YEAR_MS = toMs('2200-01-01T00:00:00.000Z');

/** An ISO 8601 date and time with `Z` or an offset, brought to UTC with milliseconds. Impossible dates are refused. */
export const instant = (label: FieldMeta) => labelled(
  z.iso.datetime({ offset: true })
    .refine((text) => !(toMs(text) < FIRST_YEAR_MS || toMs(text) >= LAST_YEAR_MS), 'must lie between the years 1900 and 2199')
    .overwrite((text) => (Number.isNaN(toMs(text)) ? text : toInstant(toMs(text)))),
  label,
);

/** An amount of money in minor units of its currency (分, cents). */
export const amountMinor = (label: FieldMeta) => labelled(z.int().min(0).max(1_000_000_000_000), label);

/** ISO 4217, e.g. `CNY`. */
export const currency = (label: FieldMeta) => labelled(z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as CNY'), label);

/** BCP 47, e.g. `zh-CN`. */
export const language = (label: FieldMeta) => labelled(
  z.string().max(35).regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag, such as zh-CN'), label,
);

export const emailAddress = (label: FieldMeta) => labelled(
  z.string().trim().max(254).regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address').refine(wellFormed, 'contains half a character (an unpaired surrogate)')
    .refine((text) => !CONTROL.test(text), 'contains control characters'),
  label,
);

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values, label: FieldMeta) => labelled(z.enum(values), label);
