/** As much of JSON Schema as OpenAPI documents here use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  /** Of each line, where a body is lines of JSON. */
  readonly 'x-line'?: Schema;
}

export const typesOf = ({ type, enum: choices, const: only, anyOf, oneOf }: Schema): readonly string[] => {
  if (type !== undefined) return [type].flat();
  if (anyOf !== undefined || oneOf !== undefined) return (anyOf ?? oneOf ?? []).flatMap(typesOf);
  return (choices ?? (only === undefined ? [] : [only])).map((value) => (value === null ? 'null' : typeof value));
};

/** A text that people write as they like. */
export const isFreeText = (schema: Schema): boolean =>
  typesOf(schema).includes('string') && schema.enum === undefined && schema.const === undefined && schema.format === undefined && schema.pattern === undefined;

/** A field of an object, at any depth; `0` on its path is the first item of a list. */
export interface Field {
  readonly path: readonly string[];
  readonly schema: Schema;
  readonly isRequired: boolean;
}

export const fieldsOf = (schema: Schema, above: readonly string[] = []): Field[] => Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
  const path = [...above, name];
  return [{ path, schema: property, isRequired: schema.required?.includes(name) === true }, ...fieldsOf(property, path), ...fieldsOf(property.items ?? {}, [...path, '0'])];
});

const DAY_MS = 86_400_000;
const SAMPLES = ['a', 'CNY', 'zh-CN', 'a@b.example', '13800000000', '10:00', '1', 'acknowledge-1', 'A1'];

/** A value that the schema takes; an instant lies a day ahead. Texts are `a` unless they must be longer. */
export function validValue(schema: Schema, name = 'value'): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (variant !== undefined) return validValue(variant, name);
  switch (typesOf(schema)[0]) {
    case 'string': return validText(schema, name);
    case 'integer':
    case 'number': return schema.minimum ?? 1;
    case 'boolean': return true;
    case 'null': return null;
    case 'array': return Array.from({ length: schema.minItems ?? 1 }, () => validValue(schema.items ?? {}, name));
    default: return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([field]) => schema.required?.includes(field)).map(([field, property]) => [field, validValue(property, field)]));
  }
}

function validText({ format, pattern, minLength = 1 }: Schema, name: string): string {
  if (format === 'date-time') return new Date(Date.now() + DAY_MS).toISOString();
  if (format === 'uuid') return '5a5a6c0e-3c0c-4f0e-9d2e-8a0b7f4f1c11';
  if (pattern === undefined) return 'a'.repeat(minLength);
  const sample = SAMPLES.find((text) => new RegExp(pattern, 'u').test(text));
  if (sample === undefined) throw new Error(`The field ${name} needs an example in the document: nothing known fits ${pattern}`);
  return sample;
}

/** The value with another one put in at a path, or taken out where it is undefined. What lies between is made. */
export function withField(holder: unknown, [name, ...rest]: readonly string[], value: unknown, schema: Schema): unknown {
  if (name === undefined) return value;
  if (Array.isArray(holder)) return (holder as unknown[]).map((item, index) => (String(index) === name ? withField(item, rest, value, schema.items ?? {}) : item));
  const inner = (holder ?? validValue(schema)) as Readonly<Record<string, unknown>>;
  const property = schema.properties?.[name] ?? {};
  const { [name]: before, ...others } = inner;
  const after = withField(before, rest, value, property);
  return after === undefined ? others : { ...others, [name]: after };
}
