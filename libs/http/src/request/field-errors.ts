import type { z } from 'zod';
import type { FieldError } from '../problem/problem.js';

type Issue = z.core.$ZodIssue;
type Fault = Omit<FieldError, 'path'>;

const SHOWN_ERRORS = 50;

/** One entry an issue; an unknown field is named by its own path. Values are never repeated. `input` is what was parsed. */
export function fieldErrors({ issues }: z.ZodError, input: unknown): FieldError[] {
  return issues.flatMap((issue) => {
    const at = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') return issue.keys.slice(0, SHOWN_ERRORS).map((key) => ({ path: pointer([...at, key]), code: 'unknown-field', message: 'This field is not known.' }));
    return [{ path: pointer(at), ...faultOf(issue, input) }];
  }).slice(0, SHOWN_ERRORS);
}

/** The codes are for good: programs, and the words of a page in the reader's language, go by them. */
function faultOf(issue: Issue, input: unknown): Fault {
  const { message } = issue;
  switch (issue.code) {
    case 'invalid_type':
      if (isMissing(input, issue.path)) return { code: 'required', message: 'This field is needed.' };
      // What the language of the service calls no number is not for everybody.
      return { code: 'wrong-type', message: message.replace('received NaN', 'received something else') };
    case 'invalid_value':
    case 'invalid_union':
      return isMissing(input, issue.path) ? { code: 'required', message: 'This field is needed.' } : { code: 'not-one-of', message };
    case 'too_big': return { ...tooMuch(issue.origin), limit: Number(issue.maximum), message };
    case 'too_small': return { ...tooLittle(issue.origin), limit: Number(issue.minimum), message };
    case 'invalid_format': return { code: 'wrong-format', message };
    case 'custom': return { ...ownCode(issue.params), message };
    default: return { code: 'not-accepted', message };
  }
}

const tooMuch = (origin: string): Pick<Fault, 'code'> => (origin === 'string' ? { code: 'too-long' } : origin === 'array' ? { code: 'too-many' } : { code: 'too-large' });
const tooLittle = (origin: string): Pick<Fault, 'code'> => (origin === 'string' ? { code: 'too-short' } : origin === 'array' ? { code: 'too-few' } : { code: 'too-small' });

/** A rule of a schema's own says its code beside its message. */
const ownCode = (params: Readonly<Record<string, unknown>> | undefined): Pick<Fault, 'code'> => (typeof params?.['code'] === 'string' ? { code: params['code'] } : { code: 'not-accepted' });

function isMissing(input: unknown, path: readonly PropertyKey[]): boolean {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return true;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return value === undefined;
}

const pointer = (path: readonly string[]): string => path.map((step) => `/${step.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') || '/';
