import { z } from 'zod';
import { answeredInstant, answerSchema, decimal, listOf } from '../openapi.js';

const runner = answerSchema('Runner', z.strictObject({
  name: z.string(),
  kind: z.enum(['projection', 'reaction']),
  version: z.int().optional().meta({ description: 'Of a projection' }),
  state: z.enum(['running', 'standby', 'rebuilding', 'degraded', 'stopped']),
  position: decimal('Of the log; null where none is known').nullable(),
  logEnd: decimal('The end of the log; -1 while it is empty'),
  lag: z.number().nullable().meta({ description: 'The difference of the two: events on the embedded log, bytes on EventStoreDB' }),
  error: z.strictObject({
    message: z.string(),
    since: answeredInstant.optional(),
    position: decimal('Of the event at which it halted').optional(),
    type: z.string().optional(),
  }).optional().meta({ description: 'Why it does not go on, or did not until lately' }),
  rebuild: z.strictObject({
    generation: z.int(),
    from: z.string(),
    phase: z.enum(['catch-up', 'compare', 'switch', 'refused', 'failed']),
    done: decimal('How far it is; good for a ratio, it does not count events'),
    total: decimal('Where the live table is'),
    events: z.int(),
    startedAt: answeredInstant,
    error: z.string().optional(),
  }).optional().meta({ description: 'A new table built beside the one that serves' }),
}));
export type RunnerAnswer = Readonly<z.output<typeof runner>>;

export const runnersAnswer = answerSchema('Runners', listOf(runner));

export const rebuildAnswer = answerSchema('RebuildBegun', z.strictObject({ name: z.string(), generation: z.int().meta({ description: 'Of the new table' }) }));
