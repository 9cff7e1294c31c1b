import { z } from 'zod';
import { backdatingFields, type CommandDefinition, type ComplaintCommandDefinition } from '@atrium/tickets-domain';
import { mallField } from '../mall.js';

/** Which fields need which others, as JSON Schema says it; an extended schema forgets it. */
const dependenciesOf = (schema: z.ZodType): Readonly<Record<string, readonly string[]>> =>
  (schema.meta()?.['dependentRequired'] ?? {}) as Readonly<Record<string, readonly string[]>>;

/** The fields that a command has of its own: those of its file, and the mall where it opens a case. */
export function ownFieldsOf({ schema, creates }: CommandDefinition): z.ZodObject {
  return (creates === true ? schema.safeExtend({ mallId: mallField }) : schema.safeExtend({})).meta({ dependentRequired: dependenciesOf(schema) });
}

/** The body of a command as it is taken: an earlier time and why it comes late are of no use without each other. */
export function bodyOf(definition: ComplaintCommandDefinition): z.ZodObject {
  return ownFieldsOf(definition).safeExtend(z.object(backdatingFields).partial().shape).meta({
    dependentRequired: { ...dependenciesOf(definition.schema), occurredAt: ['backdatingReason'], backdatingReason: ['occurredAt'] },
  });
}
