import { OperatorError } from '../operator-error.js';
import { boston311 } from './boston311/boston311.js';
import type { Source } from './source.js';

export const sources: readonly Source[] = [boston311];

export function sourceNamed(name: string): Source {
  const source = sources.find((candidate) => candidate.name === name);
  if (source === undefined) {
    throw new OperatorError(`There is no source "${name}". Known: ${sources.map((each) => each.name).join(', ')}.`);
  }
  return source;
}
