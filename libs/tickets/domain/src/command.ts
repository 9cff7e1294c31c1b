import type { z } from 'zod';
import type { Label } from './label.js';
import type { Role } from './roles.js';
import type { Text } from './sealed.js';

/** A command as data: route, table of roles, forms, OpenAPI and the matrix of bad input derive from it. */
export interface CommandDefinition {
  readonly type: string;
  /** Last part of its address; absent when it creates its case or has no route. */
  readonly route?: string;
  /** It opens a new stream. */
  readonly creates?: boolean;
  readonly schema: z.ZodObject;
  readonly roles: readonly Role[];
  readonly possibleIn: readonly string[];
  /** Whether `occurredAt` may lie before the last change of status or promise. */
  readonly mayPrecedeLastStatusChange: boolean;
  /** Dotted paths of the texts that are sealed before `decide` sees them. */
  readonly personal: readonly string[];
  readonly title: Label;
  /** Section or line of the manuals it comes from. */
  readonly source: string;
}

export const defineCommand = <const Definition extends CommandDefinition>(definition: Definition): Definition => definition;

/** What `decide` gets: the schema's output with its personal texts sealed where the case has a complainant. */
export type CommandData<Definition extends CommandDefinition> =
  Sealable<z.output<Definition['schema']>, Definition['personal'][number]>;

type Sealable<Data, Path extends string> = {
  readonly [Field in keyof Data]: Field extends Path ? SealableText<Data[Field]> : Data[Field];
};
type SealableText<Value> = Value extends string ? Text : Value;

/** One personal text of a command's data. */
export interface PersonalText {
  readonly path: string;
  readonly text: string;
}

/** The personal texts present in `data`, in the order of `paths`. */
export const personalTexts = (data: object, paths: readonly string[]): readonly PersonalText[] =>
  paths.flatMap((path) => {
    const text = path.split('.').reduce<unknown>(valueOf, data);
    return typeof text === 'string' ? [{ path, text }] : [];
  });

/** A copy of `data` in which every personal text present is what `replace` makes of it. */
export const replacePersonal = (data: object, paths: readonly string[], replace: (personal: PersonalText) => Text): object =>
  personalTexts(data, paths).reduce((copy, personal) => withValue(copy, personal.path.split('.'), replace(personal)), data);

const valueOf = (holder: unknown, field: string): unknown =>
  typeof holder === 'object' && holder !== null ? (holder as Readonly<Record<string, unknown>>)[field] : undefined;

function withValue(holder: object, [field, ...rest]: readonly string[], value: Text): object {
  if (field === undefined) return holder;
  const inner = valueOf(holder, field);
  return { ...holder, [field]: rest.length > 0 && typeof inner === 'object' && inner !== null ? withValue(inner, rest, value) : value };
}
