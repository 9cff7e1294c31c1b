import type { z } from 'zod';
import { Problem } from '../problem/problem.js';
import { fieldErrors } from './field-errors.js';

/** What a schema makes of something from outside. @throws Problem 400 with the first errors found, 415 for bytes */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, where: 'body' | 'query' | 'path'): z.output<Schema> {
  // A schema of an object would look at each byte as at an unknown field.
  if (ArrayBuffer.isView(input)) throw new Problem(415, 'unsupported-media-type', 'Send application/json, in UTF-8.');
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Problem(400, `invalid-${where}`, `The ${where} is not valid: ${parsed.error.issues.length} error${parsed.error.issues.length === 1 ? '' : 's'}.`, { errors: fieldErrors(parsed.error, input) });
}
