import { typesOf, validValue, type Schema } from './schema.fixture.js';

export interface BadValue {
  readonly name: string;
  /** Text between two `@@` stands for itself in the JSON, without quotation marks. */
  readonly value: unknown;
}

/** Must come back in no refusal. */
export const CANARY = 'k4n4r1';

/** JSON in which texts such as `@@1e999@@` are what they say. */
export const toJson = (value: unknown): string => JSON.stringify(value).replaceAll(/"@@(.*?)@@"/g, '$1');

/** Nothing that the schema takes, one for each way to miss it. */
export function badValuesOf(schema: Schema): BadValue[] {
  const types = typesOf(schema);
  return [
    ...wrongTypes(types),
    ...(types.includes('array') ? badLists(schema) : []),
    ...(types.includes('integer') || types.includes('number') ? badNumbers(schema) : []),
    ...(types.includes('string') ? badTexts(schema) : []),
  ];
}

const OF_EACH_TYPE: Readonly<Record<string, unknown>> = { null: null, boolean: true, number: 7, string: CANARY, array: [CANARY], object: { [CANARY]: CANARY } };

const wrongTypes = (types: readonly string[]): BadValue[] => Object.entries(OF_EACH_TYPE)
  .filter(([type]) => !types.includes(type) && !(type === 'number' && types.includes('integer')))
  .map(([type, value]) => ({ name: `a value of type ${type}`, value }));

/** Nothing fits the items of every list, but a list of wrong things. */
const badLists = ({ minItems = 0 }: Schema): BadValue[] => [
  { name: 'a list of nulls', value: [null] }, ...(minItems > 0 ? [{ name: 'an empty list', value: [] }] : []),
];

function badNumbers({ minimum, maximum }: Schema): BadValue[] {
  return [
    { name: 'a number as text', value: '7' }, { name: 'a fraction', value: 1.5 }, { name: 'more than any number', value: '@@1e999@@' },
    { name: 'a number that would be rounded', value: '@@9007199254740993@@' }, { name: 'NaN as text', value: 'NaN' },
    ...(minimum === undefined ? [] : [{ name: 'less than the least', value: minimum - 1 }]),
    ...(maximum === undefined ? [] : [{ name: 'more than the most', value: maximum + 1 }]),
  ];
}

function badTexts(schema: Schema): BadValue[] {
  if (schema.const !== undefined || schema.enum !== undefined) {
    const valid = String(schema.const ?? schema.enum?.[0]);
    return [CANARY, '', `${valid}\0`, valid.toUpperCase() === valid ? valid.toLowerCase() : valid.toUpperCase(), '__proto__', 'constructor']
      .map((value) => ({ name: `no choice: ${JSON.stringify(value)}`, value }));
  }
  if (schema.format === 'date-time') return badInstants.map((value) => ({ name: `no instant: ${value.slice(0, 40)}`, value }));
  const valid = String(validValue(schema));
  return [
    { name: 'an empty text', value: '' }, { name: 'blanks', value: ' \t\n\u3000' }, { name: 'spaces of no width', value: '\u200b\u200d\ufeff\u2060' },
    { name: 'NUL', value: `${valid}\0${CANARY}` }, { name: 'a control character', value: `${valid}\u0001` }, { name: 'an escape sequence', value: `${valid}\u001b[2J` },
    { name: 'a C1 control character', value: `${valid}\u0085x` }, { name: 'half a character', value: `${valid}\ud83d` }, { name: 'the other half', value: `\ude00${valid}` },
    ...(schema.maxLength === undefined ? [] : [
      { name: 'one letter too long', value: 'x'.repeat(schema.maxLength + 1) }, { name: 'one sign too long, beyond the basic plane', value: '😀'.repeat(schema.maxLength + 1) },
    ]),
    ...(schema.pattern === undefined ? [] : [{ name: 'another pattern', value: `${CANARY} <&>` }, { name: 'a line after what fits', value: `${valid}\n${valid}` }]),
  ];
}

const badInstants = [
  '', 'now', CANARY, '1767225600', '2026-01-01', '2026-01-01T10:00:00', '2026-02-30T00:00:00Z', '2025-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-00-10T00:00:00Z', '2026-04-31T12:00:00+08:00',
  '2026-06-30T23:59:60Z', '2026-01-01T24:00:01Z', '2026-01-01T25:00:00Z', '2026-01-01T10:61:00Z', '10000-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '0000-01-01T00:00:00Z',
  '1899-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-01-01T10:00:00+99:99', '2026-01-01T10:00:00 +08:00', '2026-W01-1T00:00:00Z', '2026-01-01T10:00:00Z\0', ' 2026-01-01T10:00:00Z',
];

/** Names of fields that no schema has, among them those that every object of JavaScript inherits. */
export const unknownNames = ['nobodyKnowsThis', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a.b', '$where', 'x'.repeat(10_000), 'a\0b', 'ключ', '\ud800'];
