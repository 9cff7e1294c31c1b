/** What the service answers when a call does not succeed (RFC 9457), as far as the console reads it. */

export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly FieldError[];
  /** What is possible instead. */
  readonly allowed?: readonly string[];
  /** Of a conflict: the revision there is now, and what others have written since the one given. */
  readonly current?: string;
  readonly changes?: readonly Change[];
  readonly retryAfterSeconds?: number;
}

export interface FieldError {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
  readonly limit?: number;
}

export interface Change {
  readonly type: string;
  readonly occurredAt: string;
  readonly revision: string;
  readonly actor: { readonly id: string; readonly role: string };
}

/** Any call that did not succeed. Status 0: no answer came. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
  }

  get status(): number {
    return this.problem.status;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What an answer says that is no success, whoever gave it. */
export const problemOf = (response: Response, body: unknown): Problem => {
  const known = isRecord(body) ? body : {};
  const retryAfterSeconds = Number(response.headers.get('retry-after') ?? undefined);
  return {
    title: typeof known.title === 'string' ? known.title : response.statusText || `HTTP ${response.status}`,
    status: response.status,
    ...(typeof known.detail === 'string' && { detail: known.detail }),
    ...(typeof known.code === 'string' && { code: known.code }),
    ...(Array.isArray(known.errors) && { errors: known.errors as Problem['errors'] }),
    ...(Array.isArray(known.allowed) && { allowed: known.allowed as Problem['allowed'] }),
    ...(Array.isArray(known.changes) && { changes: known.changes as Problem['changes'] }),
    ...(typeof known.current === 'string' && { current: known.current }),
    ...(Number.isFinite(retryAfterSeconds) && { retryAfterSeconds }),
  };
};
