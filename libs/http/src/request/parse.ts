import type { z } from 'zod';
import { Problem, type FieldError } from '../problem/problem.js';

/** What a schema makes of something from outside. @throws Problem 400 with the first errors found, 415 for bytes */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, where: 'body' | 'query' | 'path'): z.output<Schema> {
  // A schema of an object would look at each byte as at an unknown field.
  if (ArrayBuffer.isView(input)) throw new Problem(415, 'unsupported-media-type', 'Send application/json, in UTF-8.');
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Problem(400, `invalid-${where}`, `The ${where} is not valid: ${parsed.error.issues.length} error${parsed.error.issues.length === 1 ? '' : 's'}.`, { errors: fieldErrors(parsed.error) });
}

const SHOWN_ERRORS = 50;

/** One entry an issue; an unknown field is named by its own path. Values are never repeated. */
export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  return issues.flatMap((issue) => {
    const at = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') return issue.keys.slice(0, SHOWN_ERRORS).map((key) => ({ path: pointer([...at, key]), message: 'This field is not known.' }));
    return [{ path: pointer(at), message: wordsOf(issue) }];
  }).slice(0, SHOWN_ERRORS);
}

/** What the language of the service calls nothing and no number is not for everybody. */
function wordsOf({ code, message }: z.core.$ZodIssue): string {
  if (code !== 'invalid_type') return message;
  return message.endsWith('received undefined') ? 'This field is needed.' : message.replace('received NaN', 'received something else');
}

const pointer = (path: readonly string[]): string => path.map((step) => `/${step.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';
