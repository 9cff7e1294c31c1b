import { instant, line } from '@atrium/tickets-domain';
import { z } from 'zod';

export const MAX_ROWS = 10_000;
/** A case's history in one append; more than this is no row of a source system. */
const MAX_COMMANDS = 200;

/** One case with its commands in order. `occurredAt` is needed: an import tells what happened, when. */
export const importRow = z.strictObject({
  key: z.string().min(1).max(200).regex(/^[\x21-\x7e]+$/, 'visible ASCII characters only'),
  mallId: line(40, { en: 'Mall', zh: '商场' }),
  policy: line(40, { en: 'Policy version', zh: '时限政策' }).optional(),
  /** Names the source; it is stored beside the events and must hold nothing personal. */
  backdatingReason: line(200, { en: 'Source', zh: '来源' }),
  commands: z.array(z.strictObject({
    type: z.string().max(60),
    occurredAt: instant({ en: 'Happened at', zh: '发生时间' }),
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
