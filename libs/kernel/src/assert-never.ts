/** Closes a switch over a union: the compiler rejects a forgotten case, and a value from outside throws here. */
export function assertNever(value: never, what = 'case'): never {
  throw new Error(`Unknown ${what}: ${JSON.stringify(value)}`);
}
