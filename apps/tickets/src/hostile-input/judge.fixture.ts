import { CANARY } from './bad-values.fixture.js';
import type { Case } from './case.fixture.js';
import type { Received } from './wire.fixture.js';

/** What belongs to us and to nobody who calls. */
const INTERNALS: readonly RegExp[] = [
  /\bat \S.{0,200}:\d+:\d+\)|\n\s+at /, /node_modules|file:\/\/|\/(?:work|home|root|tmp|usr|var)\//, /\.(?:ts|js|mjs|cjs)\b/, /\beyJ[\w-]{10,}/,
  /\b(?:localhost|127\.0\.0\.1|ECONN\w+|EPIPE|ENOENT)\b/, /\b(?:fastify|nest(?:js)?|typeorm|postgres(?:ql)?|zod|jose|lmdb|grpc|esdb|eventstore|helmet|undici|node\.js)\b/i, /FST_ERR|QueryFailed|SyntaxError|TypeError|RangeError|ZodError|Unexpected token|invalid input syntax|violates|relation "/i,
  /\bSELECT\b.*\bFROM\b|\bINSERT INTO\b|\bpg_\w+/i, /\bundefined\b|\[object Object\]|\bNaN\b/,
];

const HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'x-frame-options': 'DENY' } as const;

/** Everything that is wrong with a refusal, in words. */
export function faultsOf({ name, statuses, code }: Case, { status, headers, text }: Received, described: ReadonlySet<number> | undefined): string[] {
  const found: string[] = [];
  const fault = (what: string): void => { found.push(`${name}: ${what} — ${text.slice(0, 300)}`); };
  if (!statuses.includes(status)) fault(`answered ${status}, not ${statuses.join(' or ')}`);
  if (described !== undefined && !described.has(status)) fault(`the document does not say that it may answer ${status}`);
  for (const internal of INTERNALS) if (status >= 400 && internal.test(text)) fault(`tells of internals: ${internal.exec(text)?.[0] ?? ''}`);
  for (const [header, value] of Object.entries(HEADERS)) if (headers[header] !== value) fault(`has no ${header}: ${value}`);
  if (headers.server !== undefined || headers['x-powered-by'] !== undefined) fault('says what runs here');
  if (status >= 400) found.push(...faultsOfProblem(text, headers['content-type'], status, code).map((what) => `${name}: ${what} — ${text.slice(0, 300)}`));
  return found;
}

function faultsOfProblem(text: string, type: unknown, status: number, code: string | undefined): string[] {
  if (type !== 'application/problem+json; charset=utf-8') return [`is no problem+json but ${String(type)}`];
  const problem = JSON.parse(text) as { code: string; status: number; title: string; type: string; detail?: string; errors?: readonly { path: string; code: string; message: string }[] };
  return [
    ...(/^[a-z][a-z0-9-]{2,60}$/.test(problem.code) ? [] : ['has no code']), ...(code === undefined || problem.code === code ? [] : [`has the code ${problem.code}, not ${code}`]),
    ...(problem.status === status && problem.type === `urn:atrium:problem:${problem.code}` ? [] : ['does not agree with itself']), ...(problem.title === '' || problem.title === 'Error' ? ['has no title'] : []),
    ...(text.length > 20_000 ? [`is ${text.length} letters long`] : []), ...((problem.errors ?? []).some(({ path, code, message }) => path === '' || message === '' || !/^[a-z-]+$/.test(code)) ? ['has an error that says nothing'] : []),
    ...(JSON.stringify([problem.detail, problem.errors?.map(({ message }) => message)]).includes(CANARY) ? ['repeats a value'] : []),
  ];
}
