import { z } from 'zod';
import { backdatingFields, complaintCommands, roles, rolesThatBackdate, type CommandDefinition, type ComplaintCommandDefinition, type Label, type Role } from '@atrium/tickets-domain';
import { schemaOf } from '../openapi.js';
import { ownFieldsOf } from './command-body.js';

type JsonSchema = ReturnType<typeof schemaOf>;

/** What a page needs to ask for a command and to send it. */
export interface CommandForm {
  readonly type: string;
  /** Last part of its address; null for the one that creates. */
  readonly route: string | null;
  readonly creates: boolean;
  readonly title: Label;
  readonly source: string;
  readonly possibleIn: readonly string[];
  readonly mayPrecedeLastStatusChange: boolean;
  /** JSON Schema 2020-12 of its own fields, worded in both languages. */
  readonly schema: JsonSchema;
  /** JSON Schema of an earlier time with its reason; null where the role may not give one. */
  readonly backdating: JsonSchema | null;
}

const backdating = schemaOf(z.strictObject(backdatingFields));

const formOf = (definition: ComplaintCommandDefinition): Omit<CommandForm, 'backdating'> => {
  const { type, route = null, creates = false, title, source, possibleIn, mayPrecedeLastStatusChange } = definition as CommandDefinition;
  return { type, route, creates, title, source, possibleIn, mayPrecedeLastStatusChange, schema: schemaOf(ownFieldsOf(definition)) };
};

const forms = complaintCommands
  .filter((definition) => 'route' in definition || 'creates' in definition)
  .map((definition) => ({ roles: definition.roles as readonly Role[], form: formOf(definition) }));

/** By role, in the order of the command files: what may be sent over HTTP. */
export const commandForms: ReadonlyMap<string, readonly CommandForm[]> = new Map(roles.map((role) => [
  role,
  forms.filter(({ roles: who }) => who.includes(role)).map(({ form }) => ({ ...form, backdating: rolesThatBackdate.includes(role) ? backdating : null })),
]));
