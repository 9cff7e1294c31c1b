import { z } from 'zod';
import { backdatingFields, complaintCommands, roles, rolesThatBackdate, type CommandDefinition, type ComplaintCommandDefinition, type Role } from '@atrium/tickets-domain';
import { answerSchema, label, listOf, schemaOf } from '../openapi.js';
import { ownFieldsOf } from './command-body.js';

/** A JSON Schema as an answer carries it. */
const jsonSchema = z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), z.looseObject({})), required: listOf(z.string()).optional() });

/** What a page needs to ask for a command and to send it. */
export const commandForms = answerSchema('CommandForms', listOf(z.strictObject({
  type: z.string(),
  route: z.string().nullable().meta({ description: 'Last part of its address; null for the one that creates' }),
  creates: z.boolean(),
  title: label,
  source: z.string().meta({ description: 'Section or line of the manuals' }),
  possibleIn: listOf(z.string()),
  mayPrecedeLastStatusChange: z.boolean().meta({ description: 'Whether an earlier time may lie before the last change of status or promise' }),
  schema: jsonSchema.meta({ description: 'JSON Schema 2020-12 of its own fields. `title` and `x-zh` name a field, `x-labels` the values of a choice; `x-multiline` marks texts of several lines' }),
  backdating: jsonSchema.nullable().meta({ description: 'JSON Schema of an earlier time with its reason; null where the role may not give one' }),
})));
type CommandForm = z.output<typeof commandForms>[number];

const backdating = formSchemaOf(z.strictObject(backdatingFields));

const formOf = (definition: ComplaintCommandDefinition): Omit<CommandForm, 'backdating'> => {
  const { type, route = null, creates = false, title, source, possibleIn, mayPrecedeLastStatusChange } = definition as CommandDefinition;
  return { type, route, creates, title, source, possibleIn, mayPrecedeLastStatusChange, schema: formSchemaOf(ownFieldsOf(definition)) };
};

const forms = complaintCommands
  .filter((definition) => 'route' in definition || 'creates' in definition)
  .map((definition) => ({ roles: definition.roles as readonly Role[], form: formOf(definition) }));

/** By role, in the order of the command files: what may be sent over HTTP. */
export const formsByRole: ReadonlyMap<string, z.output<typeof commandForms>> = new Map(roles.map((role) => [
  role,
  forms.filter(({ roles: who }) => who.includes(role)).map(({ form }) => ({ ...form, backdating: rolesThatBackdate.includes(role) ? backdating : null })),
]));

/** Every schema of fields describes an object. */
function formSchemaOf(schema: z.ZodObject): CommandForm['schema'] {
  return schemaOf(schema) as unknown as CommandForm['schema'];
}
