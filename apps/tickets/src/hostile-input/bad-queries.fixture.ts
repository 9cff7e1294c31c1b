import { altered, type Case, type Ground } from './case.fixture.js';
import { parametersIn, type Parameter } from './described-routes.fixture.js';
import { isFreeText, typesOf } from './schema.fixture.js';

const ODD_TEXTS = [
  "' OR '1'='1", "'; DROP TABLE complaints; --", '%', '_', '\\', '%%%', '$1', ':name', '${7*7}', '{{7*7}}', '<script>alert(1)</script>', '../../etc/passwd', '\u202egnp.exe', 'a\u200bb', '😀', '王', 'NULL', 'undefined', '__proto__', '[object Object]', '(', '.*', '^(a+)+$',
];

/** What is wrong with a query, parameter by parameter; and texts that are only odd, which find nothing and break nothing. */
export function badQueries(ground: Ground): Case[] {
  const parameters = parametersIn(ground.route, 'query');
  const ask = (name: string, query: string, statuses: readonly number[] = [400]): Case => ({ name: `query: ${name}`, sent: altered(ground, { address: `${ground.address}?${query}` }), statuses });
  // A route that takes no query need not look at one.
  const known = parameters.length > 0;
  if (ground.route.method !== 'GET') return [];
  return [
    ...['nobodyKnowsThis=1', '__proto__=1', 'constructor=1', '__proto__[role]=supervisor', '=1', '=', '%00=1', '[]=1', `${'x'.repeat(2_000)}=1`].map((query) => ask(`unknown ${query.slice(0, 40)}`, query, known ? [400] : [...ground.route.answers])),
    ...(known ? [ask('two hundred unknown ones', Array.from({ length: 200 }, (_, index) => `x${index}=1`).join('&')), ask('a parameter without a name that can be decoded', '%zz=1')] : []),
    ...parameters.flatMap((parameter) => ofOne(parameter, ask)),
  ];
}

function ofOne(parameter: Parameter, ask: (name: string, query: string, statuses?: readonly number[]) => Case): Case[] {
  const { name, schema } = parameter;
  const bad = (value: string, label = value): Case => ask(`${name}=${label.slice(0, 40)}`, `${name}=${encodeURIComponent(value)}`);
  const types = typesOf(schema);
  return [
    ask(`${name} twice`, `${name}=1&${name}=1`), ask(`${name} as a list`, `${name}[]=1`), ask(`${name} as an object`, `${name}[a]=1`), ask(`${name} with half a character`, `${name}=%ed%a0%80`, [400, 200]),
    bad('a\0b', 'NUL'), bad('a\u0001b', 'a control character'), bad('x'.repeat((schema.maxLength ?? 2_000) + 1), 'too long'), bad('x'.repeat(8_000), 'far too long'),
    ...(types.includes('integer') || types.includes('number')
      ? ['', ' ', 'x', 'NaN', 'Infinity', '1.5', '1e2', '0x10', '0b1', '1_0', '٣', '９', '-0', '9007199254740993', String((schema.minimum ?? 1) - 1), String((schema.maximum ?? 1_000_000_000) + 1)].map((value) => bad(value)) : []),
    ...(schema.enum === undefined ? [] : ['', ' ', `${String(schema.enum[0])} `, String(schema.enum[0]).toUpperCase(), '__proto__', ...ODD_TEXTS].map((value) => bad(value))),
    ...(schema.format === undefined && schema.pattern === undefined ? [] : ODD_TEXTS.map((value) => bad(value))),
    ...(isFreeText(schema) ? ODD_TEXTS.map((value) => ask(`${name}=${value}`, `${name}=${encodeURIComponent(value)}`, [200, 400])) : []),
  ];
}
