/** RFC 9457, with the members every Atrium answer may carry. Nothing internal and nothing personal goes in. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** Stable, for programs: `not-allowed-in-state`, `idempotency-key-reused`, … */
  readonly code: string;
  readonly errors?: readonly FieldError[];
  /** The commands that are possible now. */
  readonly allowed?: readonly string[];
  readonly [extension: string]: unknown;
}

/** `path` is a JSON pointer into the body, or the name of a header or query parameter. */
export interface FieldError {
  readonly path: string;
  /** Stable, for programs and for words in other languages: `required`, `too-long`, … */
  readonly code: string;
  readonly message: string;
  /** What a length, a number or a count may not pass, where that is what is wrong. */
  readonly limit?: number | undefined;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Your role does not allow this',
  404: 'There is nothing here',
  405: 'This method is not possible here',
  408: 'The request took too long',
  409: 'Not possible as things stand',
  412: 'Someone else has changed this',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'This kind of content is not taken',
  422: 'The content cannot be accepted',
  429: 'Too many requests',
  431: 'The headers are too long',
  500: 'Something went wrong on our side',
  503: 'Not possible for the moment',
};

type Extras = Omit<Partial<ProblemDetails>, 'type' | 'status' | 'code' | 'detail'>;

/** An error that is an answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly details: ProblemDetails;
  /** Seconds, for 429 and 503. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, detail?: string, extras: Extras = {}, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(detail ?? code, options);
    this.details = { type: `urn:atrium:problem:${code}`, title: titles[status] ?? 'Error', status, code, ...(detail === undefined ? {} : { detail }), ...extras };
    this.retryAfterSeconds = options.retryAfterSeconds ?? (status === 503 ? 2 : undefined);
  }
}
