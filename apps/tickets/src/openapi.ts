import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

export type OpenApiSchema = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema?: unknown }>['schema']>;

type Metadata = { readonly id: string };
const answered = z.registry<Metadata>();
const taken = z.registry<Metadata>();

/** What the parts of the API are called in its document. */
export const tags = {
  commands: { name: 'complaints: commands', description: 'One route a command file. Each needs an `Idempotency-Key` and answers an `Atrium-Position`.' },
  queries: { name: 'complaints: queries', description: 'Lists and pages from the read models; `after=<Atrium-Position>` waits for one\'s own change.' },
  live: { name: 'complaints: live', description: 'What changes, as it changes.' },
  import: { name: 'import', description: 'Cases of other systems, many in a request.' },
  caller: { name: 'caller', description: 'Who is calling, and what a page needs to know before it shows anything.' },
  system: { name: 'system', description: 'How far the read models are, and whether the stores agree.' },
} as const;

/** A zod schema as OpenAPI 3.1 writes it: what may be sent. */
export function schemaOf(schema: z.ZodType): OpenApiSchema {
  const { $schema: _dialect, id: _id, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return rest as OpenApiSchema;
}

/** Names what a route answers: a component of the document, and the type of the answer derives from it. */
export function answerSchema<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answered.add(schema, { id });
  return schema;
}

/** Names what a route takes. */
export function inputSchema<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  taken.add(schema, { id });
  return schema;
}

/** A list that an answer's type says nobody changes; `readOnly` of JSON Schema means something else and is left out. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const answeredInstant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC', examples: ['2025-03-01T02:15:00.000Z'] });
export const answeredUuid = z.string().meta({ format: 'uuid' });
/** Larger than a number of JSON holds exactly. */
export const decimal = (description: string) => z.string().meta({ description, pattern: '^-?\\d+$', examples: ['4711'] });
export const label = z.strictObject({ zh: z.string(), en: z.string() }).readonly();

export const fieldError = z.strictObject({
  path: z.string().meta({ description: 'A JSON pointer into the body, query or path' }),
  code: z.string().meta({ description: 'Stable, for programs: `required`, `wrong-type`, `too-long`, `not-one-of`, …' }),
  message: z.string(),
  limit: z.number().optional().meta({ description: 'What a length, a number or a count may not pass' }),
});

export const problemAnswer = answerSchema('Problem', z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int().meta({ minimum: 400, maximum: 599 }),
  detail: z.string().optional(),
  code: z.string().meta({ description: 'Stable, for programs' }),
  allowed: listOf(z.string()).optional().meta({ description: 'The commands that this role may send now' }),
  errors: listOf(fieldError).optional(),
}).meta({
  description: 'RFC 9457; some codes have members of their own, such as `changes` of `changed-by-others`',
  examples: [{
    type: 'urn:atrium:problem:not-possible-now', title: 'Not possible as things stand', status: 409, code: 'not-possible-now',
    detail: 'Start waiting: not possible while the complaint is registered', allowed: ['AcknowledgeComplaint', 'RouteComplaint', 'CloseComplaint'],
  }],
}));

const refTo = (registry: typeof answered, schema: z.ZodType): { $ref: string } => {
  const id = registry.get(schema)?.id;
  if (id === undefined) throw new Error('This schema was given no name');
  return { $ref: `#/components/schemas/${id}` };
};

export const refToAnswer = (schema: z.ZodType): { $ref: string } => refTo(answered, schema);
export const refToInput = (schema: z.ZodType): { $ref: string } => refTo(taken, schema);

/** Everything that was named, once every controller is loaded. */
export const componentSchemas = (): Record<string, OpenApiSchema> => ({ ...componentsOf(taken, 'input'), ...componentsOf(answered, 'output') });

function componentsOf(registry: typeof answered, io: 'input' | 'output'): Record<string, OpenApiSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => { delete jsonSchema.readOnly; },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema as OpenApiSchema]));
}

/** A route's answer when all goes well. */
export const ApiAnswer = (status: number, schema: z.ZodType, description: string, headers: Readonly<Record<string, { readonly description: string }>> = {}) => ApiResponse({
  status, description,
  headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, { ...header, schema: { type: 'string' } }])),
  content: { 'application/json': { schema: refToAnswer(schema) } },
});

/** One of the refusals of a route. */
export const problem = (status: number, description: string) => ApiResponse({
  status, description,
  ...(status === 429 || status === 503 ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } } : {}),
  content: { 'application/problem+json': { schema: refToAnswer(problemAnswer) } },
});

/** What every route with a token may answer. */
export const ApiGuarded = () => applyDecorators(
  ApiBearerAuth(),
  problem(401, 'No valid token'),
  problem(403, 'The role does not allow it, or the token names none'),
  problem(429, 'More requests in a minute than one caller may send; go on after `Retry-After`'),
  problem(503, 'Not possible for the moment; repeat after `Retry-After`'),
);

/** Where something of the query or the address can be wrong. */
export const ApiAsked = () => problem(400, 'Something in the request is not valid; `errors` says what');

/** Where a query may wait for a position. */
export const ApiWaits = () => problem(409, 'The read models do not show the position of `after` yet; ask again');

/** What may be wrong with a body, before and while it is read. */
export const ApiTakesBody = (kind: string, most: string) => applyDecorators(
  problem(400, 'Something in the request is not valid; `errors` says what'),
  problem(413, `The body is larger than ${most}`),
  problem(415, `The body is not ${kind} in UTF-8`),
);

/** One complaint's address. */
export const ApiComplaintId = () => applyDecorators(
  ApiParam({ name: 'id', description: 'Of the complaint, as its registration answered it', schema: { type: 'string', format: 'uuid' } }),
  problem(404, 'There is no such complaint'),
  problem(414, 'The id is longer than any'),
);

export const ApiIdempotencyKey = (description: string) =>
  ApiHeader({ name: 'Idempotency-Key', required: true, description, schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' } });
