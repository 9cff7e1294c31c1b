import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type OpenApiSchema = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema?: unknown }>['schema']>;

/** A zod schema as OpenAPI 3.1 writes it: what may be sent. */
export function schemaOf(schema: z.ZodType): OpenApiSchema {
  const { $schema: _dialect, id: _id, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return rest as OpenApiSchema;
}

const problemSchema: OpenApiSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, code: { type: 'string' },
    allowed: { type: 'array', items: { type: 'string' } },
    errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } } },
  },
};

/** One of the refusals of a route. */
export const problem = (status: number, description: string) =>
  ApiResponse({ status, description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });

/** What every route with a token may answer. */
export const ApiGuarded = () => applyDecorators(
  ApiBearerAuth(),
  problem(400, 'Something in the request is not valid; `errors` says what'),
  problem(401, 'No valid token'),
  problem(403, 'The role does not allow it'),
  problem(503, 'Not possible for the moment; repeat after `Retry-After`'),
);

const commandAnswerSchema: OpenApiSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' }, revision: { type: ['string', 'null'] as unknown as 'string' }, status: { type: 'string' },
    events: { type: 'array', items: { type: 'object', properties: { type: { type: 'string' }, occurredAt: { type: 'string', format: 'date-time' } } } },
    allowed: { type: 'array', items: { type: 'string' } },
  },
};

/** What every command takes and answers. */
export const ApiCommand = (status: number) => applyDecorators(
  ApiGuarded(),
  ApiHeader({ name: 'Idempotency-Key', required: true, description: 'New for each command, the same when it is repeated. Remembered for each complaint, for ever', schema: { type: 'string', minLength: 1, maxLength: 200 } }),
  ...(status === 200 ? [
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag you read; refused with 412 when another person has written since', schema: { type: 'string' } }),
    problem(404, 'There is no such complaint'),
    problem(412, 'Someone else has written since; `changes` says what'),
  ] : []),
  ApiResponse({
    status, description: 'Done, or done before with the same key', content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } },
    headers: { 'Atrium-Position': { description: 'Send it as `after` to see this change in lists', schema: { type: 'string' } }, ETag: { schema: { type: 'string' } } },
  }),
  problem(409, 'Not possible in this state; `allowed` lists what is'),
  problem(422, 'Never possible with this content'),
);

/** What the routes refer to by name. */
export const sharedSchemas = { Problem: problemSchema, CommandAnswer: commandAnswerSchema };
