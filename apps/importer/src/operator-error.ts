import { isNativeError } from 'node:util/types';

/** Something the person at the keyboard can act on: its message is one line and is printed without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** The operator stopped the run (SIGINT, SIGTERM); `exitCode` follows the shell's 128 + signal number. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/** The innermost useful text of an error: `fetch` and streams hide the reason in `cause`. */
export function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message === '' ? (codeOf(error) ?? error.name) : error.message;
}

/** The code of a system error, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
