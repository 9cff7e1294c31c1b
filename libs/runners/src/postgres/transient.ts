/** The connection to PostgreSQL ended while it was used. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly transient = true;
  constructor(cause?: Error) {
    super('The connection to PostgreSQL was lost', { cause });
  }
}

/** The server says so before it closes the connection, as when an administrator or a shutdown ends it. */
export const endsConnection = (error: unknown): error is Error => error instanceof Error && /^(?:08...|57P0[1-5])$/.test(String((error as { code?: unknown }).code));

// Connection, resources, a database closed to connections, operator's stop, and conflicts that a repetition resolves.
const transientSqlStates = /^(?:08...|53...|55000|57P0[1-5]|57014|40001|40P01|55P03|25006)$/;
const transientSystemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const transientDriverTexts = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/**
 * Whether the same work may succeed later without anybody's help. Errors of other libraries say so themselves by
 * `transient: true`.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { transient, code } = error as { transient?: unknown; code?: unknown };
  if (transient === true) return true;
  if (typeof code === 'string' && (transientSqlStates.test(code) || transientSystemCodes.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isTransient);
  return transientDriverTexts.test(error.message);
}
