/** Commands as the service describes them, and the fields of a form that follow from a description. No command is known here by name. */

export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** The part of JSON Schema 2020-12 that descriptions use. Names with `x-` are Atrium's own hints. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly title?: string;
  readonly 'x-zh'?: string;
  readonly 'x-labels'?: Readonly<Record<string, Label>>;
  readonly 'x-multiline'?: boolean;
  /** Folded away until it is wanted. */
  readonly 'x-seldom'?: boolean;
  /** An amount in minor units: the name of the field beside it that holds its currency. */
  readonly 'x-currency'?: string;
  /** On which side of now the time usually lies, which decides the quick choices. */
  readonly 'x-when'?: 'ahead' | 'past';
  /** Values of a choice that no form offers: they come from elsewhere. */
  readonly 'x-unoffered'?: readonly string[];
  /** Words to choose from, where others may be written too. */
  readonly 'x-suggestions'?: readonly string[];
  /** Which keyboard a phone shows. */
  readonly 'x-input'?: 'tel' | 'email';
}

export interface CommandForm {
  readonly type: string;
  /** Last part of its address; null for the one that creates. */
  readonly route: string | null;
  readonly creates: boolean;
  readonly title: Label;
  readonly source: string;
  readonly possibleIn: readonly string[];
  readonly schema: JsonSchema;
  /** Of an earlier time with its reason; null where the role may not give one. */
  readonly backdating: JsonSchema | null;
}

interface Common {
  /** JSON pointer into the body. */
  readonly pointer: string;
  readonly label: Label;
  /** Within an optional group: required as soon as anything of the group is given. */
  readonly required: boolean;
  readonly seldom: boolean;
}

export interface LineField extends Common {
  readonly kind: 'line';
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly example?: string;
  readonly suggestions: readonly string[];
  readonly input?: 'tel' | 'email';
}
export interface LinesField extends Common {
  readonly kind: 'lines';
  readonly maxLength?: number;
}
export interface ChoiceField extends Common {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: Label }[];
}
export interface InstantField extends Common {
  readonly kind: 'instant';
  readonly when?: 'ahead' | 'past';
}
/** Typed in the currency's main unit, sent in its minor unit. */
export interface MoneyField extends Common {
  readonly kind: 'money';
  readonly currencyPointer: string;
  readonly maximum?: number;
}
export interface NumberField extends Common {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface FlagField extends Common {
  readonly kind: 'flag';
}
export interface GroupField extends Common {
  readonly kind: 'group';
  readonly fields: readonly Field[];
}
/** Of a shape that no form is known for: the service's own texts say what it is, and it cannot be filled in. */
export interface UnknownField extends Common {
  readonly kind: 'unknown';
}
export type LeafField = LineField | LinesField | ChoiceField | InstantField | MoneyField | NumberField | FlagField | UnknownField;
export type Field = LeafField | GroupField;

/** More optional fields than this are folded behind the first ones, unless the description itself says which are seldom filled in. */
const FEW = 5;

/** The fields of a description, in its order. */
export const fieldsOf = (schema: JsonSchema, prefix = ''): readonly Field[] => {
  const entries = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  const optional = entries.filter(([name]) => !required.has(name)).map(([name]) => name);
  const isToldApart = entries.some(([, property]) => property['x-seldom'] !== undefined);
  return entries.map(([name, property]) => fieldOf(property, {
    pointer: `${prefix}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    label: { en: property.title ?? name, zh: property['x-zh'] ?? property.title ?? name },
    required: required.has(name),
    seldom: !required.has(name) && (isToldApart ? property['x-seldom'] === true : optional.indexOf(name) >= FEW),
  }, prefix));
};

const fieldOf = (schema: JsonSchema, common: Common, prefix: string): Field => {
  const { maxLength, minimum, maximum, pattern } = schema;
  const type = typeof schema.type === 'string' ? schema.type : undefined;
  if (schema.enum !== undefined) {
    const offered = schema.enum.filter((value) => schema['x-unoffered']?.includes(value) !== true);
    return { ...common, kind: 'choice', options: offered.map((value) => ({ value, label: schema['x-labels']?.[value] ?? { en: value, zh: value } })) };
  }
  if (type === 'object') return { ...common, kind: 'group', fields: fieldsOf(schema, common.pointer) };
  if (type === 'boolean') return { ...common, kind: 'flag' };
  if (type === 'integer' && schema['x-currency'] !== undefined) {
    return { ...common, kind: 'money', currencyPointer: `${prefix}/${schema['x-currency']}`, ...(maximum !== undefined && { maximum }) };
  }
  if (type === 'integer' || type === 'number') {
    return { ...common, kind: 'number', integer: type === 'integer', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
  }
  if (type !== 'string') return { ...common, kind: 'unknown' };
  if (schema.format === 'date-time') return { ...common, kind: 'instant', ...(schema['x-when'] !== undefined && { when: schema['x-when'] }) };
  if (schema['x-multiline'] === true) return { ...common, kind: 'lines', ...(maxLength !== undefined && { maxLength }) };
  const example = schema.examples?.find((one) => typeof one === 'string');
  return {
    ...common, kind: 'line', suggestions: schema['x-suggestions'] ?? [],
    ...(maxLength !== undefined && { maxLength }), ...(pattern !== undefined && { pattern }),
    ...(typeof example === 'string' && { example }), ...(schema['x-input'] !== undefined && { input: schema['x-input'] }),
  };
};

/** All fields that hold a value, those of groups in their place. */
export const leavesOf = (fields: readonly Field[]): readonly LeafField[] =>
  fields.flatMap((field) => (field.kind === 'group' ? leavesOf(field.fields) : [field]));
