import { z } from 'zod';
import { Problem } from '@atrium/http';

/** Query of the list; unknown parameters are refused. */
export const complaintsQuery = z.strictObject({
  status: z.enum(['open', 'registered', 'routed', 'waiting', 'resolved', 'closed', 'all']).default('open'),
  department: z.string().max(80).optional(),
  queue: z.string().max(120).optional(),
  channel: z.string().max(20).optional(),
  mallId: z.string().max(40).optional(),
  /** Part of the subject, of the complainant's name, or of a reference. */
  q: z.string().trim().max(100).optional(),
  due: z.enum(['overdue', 'today', 'none']).optional(),
  sort: z.enum(['due', 'opened', '-opened']).default('due'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
});
export type ComplaintsQuery = z.output<typeof complaintsQuery>;

/** Where the last page ended: the sort value (ISO instant, or empty where it is null) and the id. */
export interface Cursor {
  readonly value: string;
  readonly id: string;
}

export const encodeCursor = ({ value, id }: Cursor): string => Buffer.from(`${value}|${id}`).toString('base64url');

/** @throws Problem 400 for a text that no page gave */
export function decodeCursor(text: string): Cursor {
  const [, value, id] = /^(|\d{4}-\d\d-\d\dT[\d:.]{12}Z)\|([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (value === undefined || id === undefined) throw new Problem(400, 'cursor-invalid', '`cursor` is the `next` of a page before.');
  return { value, id };
}
