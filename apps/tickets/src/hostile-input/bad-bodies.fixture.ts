import { badValuesOf, toJson, unknownNames } from './bad-values.fixture.js';
import { altered, type Case, type Ground } from './case.fixture.js';
import { fieldsOf, typesOf, withField, type Field, type Schema } from './schema.fixture.js';

const ONE_MB = 1_000_000;

/** Bodies that hold no value of the schema, or nothing that can be read at all. */
export function badJsonBodies(ground: Ground, schema: Schema): Case[] {
  const valid: unknown = JSON.parse(ground.body as string);
  return [...unreadableBodies(ground), ...valuesThatDoNotFit(valid, schema).map(({ name, value }) => refusedBody(ground, name, toJson(value))), ...oddlyWritten(ground, valid, schema)];
}

export interface Misfit {
  readonly name: string;
  readonly value: unknown;
}

/** Every field once without what it needs, with each wrong value, beside fields that nobody knows. */
export function valuesThatDoNotFit(valid: unknown, schema: Schema): Misfit[] {
  const fields = fieldsOf(schema);
  const at = ({ path }: Field): string => path.join('.');
  const change = (path: readonly string[], value: unknown): unknown => withField(valid, path, value, schema);
  const objects: (readonly string[])[] = [[], ...fields.filter(({ schema: field }) => typesOf(field).includes('object')).map(({ path }) => path), ...fields.filter(({ schema: field }) => field.items?.properties !== undefined).map(({ path }) => [...path, '0'])];
  return [
    ...fields.filter(({ path, isRequired }) => isRequired && (path.length === 1 || isIn(valid, path))).map((field) => ({ name: `without ${at(field)}`, value: change(field.path, undefined) })),
    ...fields.flatMap((field) => badValuesOf(field.schema).map(({ name, value }) => ({ name: `${at(field)}: ${name}`, value: change(field.path, value) }))),
    ...objects.flatMap((path) => unknownNames.map((name) => ({ name: `a field ${JSON.stringify(name.slice(0, 20))} in ${path.join('.') || 'the body'}`, value: change([...path, name], 'x') }))),
    ...Object.entries(schema.dependentRequired ?? {}).flatMap(([name, needs]) => {
      const property = schema.properties?.[name];
      const without = needs.reduce<unknown>((body, need) => withField(body, [need], undefined, schema), valid);
      return property === undefined ? [] : [{ name: `${name} without ${needs.join(', ')}`, value: withField(without, [name], soundValue(property), schema) }];
    }),
  ];
}

const isIn = (holder: unknown, path: readonly string[]): boolean =>
  path.reduce<unknown>((inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name], holder) !== undefined;

const soundValue = (schema: Schema): unknown => (schema.format === 'date-time' ? new Date().toISOString() : schema.enum?.[0] ?? (typesOf(schema)[0] === 'integer' ? 1 : 'CNY'));

// 422 where a text has the right shape and names nothing that there is.
const refusedBody = (ground: Ground, name: string, body: string): Case => ({ name, sent: altered(ground, { body }), statuses: name.includes('no choice') ? [400, 422] : [400] });

/** What is no JSON, or JSON that tries to be more. */
function unreadableBodies(ground: Ground): Case[] {
  const bodies: Readonly<Record<string, string | Buffer>> = {
    'nothing': '', 'blanks': '   ', 'half an object': '{"a":', 'an open text': '{"a":"b', 'a list': '[]', 'a text': '"x"', 'a number': '1', 'true': 'true', 'null': 'null', 'NaN': 'NaN', 'Infinity': '{"a":Infinity}',
    'a comma too many': '{"a":1,}', 'a comment': '{"a":1/*x*/}', 'single quotation marks': "{'a':1}", 'undefined': '{"a":undefined}', 'two values': '{}{}', 'a function': '{"a":function(){}}', 'hexadecimal': '{"a":0x10}',
    'an octal number': '{"a":010}', 'a plus sign': '{"a":+1}', 'a raw line break in a text': '{"a":"b\nc"}', 'a raw NUL': '{"a":"\0"}', 'a form': 'a=1&b=2', 'XML': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    'bytes that are not UTF-8': Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe7, 0x8e, 0x22, 0x7d]), 'overlong UTF-8': Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), 'UTF-16': Buffer.from('\ufeff{"a":1}', 'utf16le'),
    'lists to a great depth': '['.repeat(120_000) + ']'.repeat(120_000), 'lists that never end': '['.repeat(200_000), 'objects to a great depth': '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000),
    'many fields': `{${Array.from({ length: 20_000 }, (_, index) => `"f${index}":1`).join(',')}}`, 'a prototype': '{"__proto__":{"role":"supervisor"}}', 'a prototype, written otherwise': '{"\\u005f_proto__":{"role":"supervisor"}}',
    'a prototype of a prototype': '{"constructor":{"prototype":{"role":"supervisor"}}}',
  };
  return [
    ...Object.entries(bodies).map(([name, body]) => ({ name: `body: ${name}`, sent: altered(ground, { body }), statuses: [400] })),
    { name: 'body: 1 MB', sent: altered(ground, { body: JSON.stringify({ a: 'x'.repeat(ONE_MB) }) }), statuses: [413], code: 'too-large' },
    { name: 'body: 1 MB whose size is not said', sent: altered(ground, { body: JSON.stringify({ a: 'x'.repeat(ONE_MB) }), headers: { 'transfer-encoding': 'chunked' } }), statuses: [413], code: 'too-large' },
    { name: 'body: compressed', sent: altered(ground, { headers: { 'content-encoding': 'gzip' } }), statuses: [415], code: 'unsupported-media-type' },
    ...['text/plain', 'text/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/x-ndjson', 'application/json; charset=utf-16', 'application/json;charset=gbk', 'application/json, text/plain', '*/*', 'x'.repeat(5_000)].map(
      (type) => ({ name: `body as ${type.slice(0, 40)}`, sent: altered(ground, { headers: { 'content-type': type } }), statuses: [415], code: 'unsupported-media-type' })),
  ];
}

/** A field that comes twice, the one that nobody would take last. */
function oddlyWritten(ground: Ground, valid: unknown, schema: Schema): Case[] {
  const [name] = Object.keys(schema.properties ?? {});
  if (name === undefined) return [];
  const members = JSON.stringify(valid).slice(1, -1);
  return [
    refusedBody(ground, `${name} twice, wrong at last`, `{${members}${members === '' ? '' : ','}"${name}":{}}`),
    refusedBody(ground, 'a prototype beside what fits', `{${members}${members === '' ? '' : ','}"__proto__":{"role":"supervisor"}}`),
  ];
}
