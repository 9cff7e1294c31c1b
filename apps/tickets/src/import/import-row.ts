import { z } from 'zod';

export const MAX_ROWS = 10_000;
/** A case's history in one append; more than this is no row of a source system. */
const MAX_COMMANDS = 200;

/** One case with its commands in order. `occurredAt` is needed: an import tells what happened, when. */
export const importRow = z.strictObject({
  key: z.string().min(1).max(200).regex(/^[\x21-\x7e]+$/, 'visible ASCII characters only'),
  mallId: z.string().min(1).max(40),
  policy: z.string().min(1).max(40).optional(),
  backdatingReason: z.string().trim().min(1).max(200),
  commands: z.array(z.strictObject({
    type: z.string().max(60),
    occurredAt: z.iso.datetime({ offset: true }),
    data: z.record(z.string(), z.unknown()).default({}),
  })).min(1).max(MAX_COMMANDS),
});
export type ImportRow = z.output<typeof importRow>;

/** What became of a row. `position` is decimal. */
export interface RowResult {
  readonly key: string | null;
  readonly row: number;
  readonly outcome: 'accepted' | 'repeated' | 'refused';
  readonly id?: string;
  readonly position?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
