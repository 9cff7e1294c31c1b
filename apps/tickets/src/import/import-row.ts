import { instant, line } from '@atrium/tickets-domain';
import { z } from 'zod';
import { answerSchema, answeredUuid, decimal, fieldError, inputSchema, listOf } from '../openapi.js';

export const MAX_ROWS = 10_000;
/** UTF-16 units of a row: as much as any other body may hold. To read heaps of nested brackets takes long. */
export const MAX_ROW_LENGTH = 256 * 1024;
/** A case's history in one append; more than this is no row of a source system. */
const MAX_COMMANDS = 200;

/** As it was written: the command's own schema sees every field, also such as a record of zod would drop (`__proto__`). */
const fields = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), { error: 'must be an object', params: { code: 'wrong-type' } });

/** One case with its commands in order. `occurredAt` is needed: an import tells what happened, when. */
export const importRow = inputSchema('ImportRow', z.strictObject({
  key: z.string().min(1).max(200).regex(/^[\x21-\x7e]+$/, 'visible ASCII characters only').meta({ description: 'Of the case in its own system: what was taken under it is not taken again' }),
  mallId: line(40, { en: 'Mall', zh: '商场' }),
  policy: line(40, { en: 'Policy version', zh: '时限政策' }).optional(),
  backdatingReason: line(200, { en: 'Source', zh: '来源' }).meta({ description: 'Names the source; it is stored beside the events and must hold nothing personal' }),
  commands: z.array(z.strictObject({
    type: z.string().max(60),
    occurredAt: instant({ en: 'Happened at', zh: '发生时间' }),
    data: fields.default({}).meta({ type: 'object', description: 'The fields of the command, as its own route takes them' }),
  })).min(1).max(MAX_COMMANDS).meta({ description: 'In the order in which they happened; the first registers the case' }),
}));
export type ImportRow = z.output<typeof importRow>;

/** What became of a row. */
export const rowResult = answerSchema('ImportRowResult', z.strictObject({
  key: z.string().nullable().meta({ description: 'Null where the row has none that can be read' }),
  row: z.int().min(0).meta({ description: 'Counted from 0' }),
  outcome: z.enum(['accepted', 'repeated', 'refused']),
  id: answeredUuid.optional().meta({ description: 'Of the complaint' }),
  position: decimal('Of its last event in the log').optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: listOf(fieldError).optional(),
}));
export type RowResult = Readonly<z.output<typeof rowResult>>;

/** The last line. */
export const importEnd = answerSchema('ImportEnd', z.strictObject({
  end: z.literal(true),
  accepted: z.int().min(0), repeated: z.int().min(0), refused: z.int().min(0),
  position: z.string().optional().meta({ description: 'An `after` that shows all of them; absent when none was taken' }),
}));
