import { z } from 'zod';
import { Problem } from '@atrium/http';
import { builtInReference } from '@atrium/tickets-domain';
import { statuses } from '../../complaint/status.js';

/** PostgreSQL takes no zero bytes, and nothing that is searched for holds other control characters. */
const plain = (schema: z.ZodString) => schema.refine((value) => !/\p{Cc}/u.test(value), { error: 'contains control characters', params: { code: 'control-characters' } });

export const searchText = (max: number) => plain(z.string().max(max));

/** In digits alone: what else JavaScript takes for a number, such as `0x10`, is a slip. */
const wholeNumber = (min: number, max: number) => z.string().refine((text) => /^\d{1,9}$/.test(text), { error: 'must be a whole number', params: { code: 'no-whole-number' } }).transform(Number).pipe(z.int().min(min).max(max));

/** A position to wait for. */
export const after = searchText(200).optional().meta({ description: 'An `Atrium-Position`, or the `position` of another answer: waits up to 5 s until the read models show it' });

/** Query of the list; unknown parameters are refused. */
export const complaintsQuery = z.strictObject({
  status: z.enum(['open', ...statuses, 'all']).default('open').meta({ description: 'One status; `open` is every one but `closed`' }),
  department: searchText(80).optional().meta({ description: 'Exactly this one' }),
  queue: searchText(120).optional().meta({ description: 'Exactly this one' }),
  channel: searchText(20).optional().meta({ description: 'Exactly this one' }),
  mallId: z.enum(Object.keys(builtInReference.malls), 'There is no mall of this id.').optional().meta({ description: 'Exactly this one' }),
  q: plain(z.string().trim().max(100)).optional().meta({ description: 'Part of the subject, of the complainant\'s name, or of a reference' }),
  due: z.enum(['overdue', 'today', 'none']).optional().meta({ description: 'By the earliest due time of a running clock; `today` in the mall\'s time zone' }),
  sort: z.enum(['due', 'opened', '-opened']).default('due').meta({ description: 'By due time (none comes last), or by opening, the oldest or the newest first' }),
  limit: wholeNumber(1, 200).default(50).meta({ type: 'integer', minimum: 1, maximum: 200, default: 50, description: 'Rows a page' }),
  cursor: searchText(200).optional().meta({ description: 'The `next` of the page before, in the same `sort`' }),
  after,
});
export type ComplaintsQuery = z.output<typeof complaintsQuery>;

/** Where the last page ended: its order, the sort value (ISO instant, or empty where it is null) and the id. */
export interface Cursor {
  readonly sort: ComplaintsQuery['sort'];
  readonly value: string;
  readonly id: string;
}

export const encodeCursor = ({ sort, value, id }: Cursor): string => Buffer.from(`${sort}|${value}|${id}`).toString('base64url');

const uuid = z.uuid();

/** @throws Problem 400 for a text that no page of this order gave */
export function decodeCursor(text: string, sort: ComplaintsQuery['sort']): Cursor {
  const [order, value, id, ...rest] = Buffer.from(text, 'base64url').toString().split('|');
  if (order !== sort || value === undefined || !(value === '' || isInstant(value)) || !uuid.safeParse(id).success || rest.length > 0) {
    throw new Problem(400, 'cursor-invalid', '`cursor` is the `next` of a page before, in the same `sort`.');
  }
  return { sort, value, id: id as string };
}

/** A time of the calendar, written as pages write it. */
const isInstant = (text: string): boolean => {
  const epochMs = Date.parse(text);
  return text.length === 24 && !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === text;
};
