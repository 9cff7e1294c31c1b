import { OperatorError } from '../operator-error.js';

/** The system did not answer, or asked to come again: the same request may be repeated. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(message: string, readonly retryAfterMs?: number) {
    super(message);
  }
}

const comeAgain: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** The response when its status is one of success; otherwise what follows from it as an error. */
export async function checkedAnswer(response: Response): Promise<Response> {
  if (response.ok) return response;
  const said = await problemOf(response);
  if (comeAgain.has(response.status)) throw new Unanswered(said, retryAfterMs(response.headers.get('retry-after')));
  if (response.status === 401) throw new OperatorError(`The system does not accept the token (${said}).`);
  if (response.status === 403) throw new OperatorError(`The token lacks the right: importing takes the role "integration" (${said}).`);
  throw new Refused(response.status, `The system refused the request (${said}).`);
}

/** An answer of the 4xx kind that a caller may expect. */
export class Refused extends OperatorError {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  const detail = /json/.test(response.headers.get('content-type') ?? '') ? detailOf(text) : undefined;
  return `${response.status}${detail === undefined ? '' : ` ${detail}`}`;
}

function detailOf(text: string): string | undefined {
  try {
    const problem = JSON.parse(text) as { readonly title?: unknown; readonly detail?: unknown } | null;
    const detail = [problem?.title, problem?.detail].filter((part) => typeof part === 'string').join(': ');
    return detail === '' ? undefined : detail.replace(/\s+/g, ' ').slice(0, 300);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as an HTTP date, in milliseconds from now. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
