/** Its message may be told: a name that a program gave, and nothing of what people wrote. */
class UnknownCase extends Error {
  override readonly name = 'UnknownCase';
}

/**
 * Closes a switch over a union: the compiler rejects a forgotten case, and a value from outside throws here. The
 * message names the case by its type, status or kind and holds nothing else of the value, which may be personal.
 */
export function assertNever(value: never, what = 'case'): never {
  throw new UnknownCase(`Unknown ${what}: ${nameOf(value)}`);
}

const LONGEST_NAME = 80;

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${value === null ? 'null' : typeof value}`;
  const { type, status, kind } = value as { type?: unknown; status?: unknown; kind?: unknown };
  const name = [type, status, kind].find((candidate) => typeof candidate === 'string');
  return name === undefined ? 'an object without type, status or kind' : name.slice(0, LONGEST_NAME);
}
