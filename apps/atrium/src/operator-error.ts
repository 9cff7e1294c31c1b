import { codeOf } from '@atrium/embedded-postgres';

/** Something that the operator can put right: told in one line, without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';

  constructor(message: string, readonly exitCode = 1, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Runs a program; an error ends it with one line on stderr, and with its stack only where nobody foresaw it. */
export async function runProgram(program: () => Promise<number>): Promise<never> {
  try {
    process.exit(await program());
  } catch (error) {
    const foreseen = asOperatorError(error);
    if (foreseen !== undefined) {
      process.stderr.write(`${foreseen.message}\n`);
      process.exit(foreseen.exitCode);
    }
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(70);
  }
}

/** The errors of the system that mean the same wherever they come from. */
function asOperatorError(error: unknown): OperatorError | undefined {
  if (error instanceof OperatorError) return error;
  const code = codeOf(error);
  const file = typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  if (file !== undefined && (code === 'EACCES' || code === 'EPERM')) return new OperatorError(`${file} belongs to another account, and this one may not use it`);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new OperatorError(`The disk is full${file === undefined ? '' : `: ${file} cannot be written`}`);
  return undefined;
}
