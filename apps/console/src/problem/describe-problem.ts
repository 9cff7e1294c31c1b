import { ProblemError } from '../api.js';
import type { FieldError } from './problem-error.js';
import type { Messages } from '../language/en.js';

export interface ProblemWords {
  readonly title: string;
  readonly text: string;
  /** A matter of a moment rather than a fault. */
  readonly passing: boolean;
}

type Texts = Readonly<Record<string, { readonly title: string; readonly text: string }>>;

/** Words for whatever a call threw: ours where the code is known, else the service's own. `reading`: nothing was sent. */
export const describeProblem = (error: unknown, m: Messages, reading = false): ProblemWords => {
  if (!(error instanceof ProblemError)) return { title: m.problem.title, text: error instanceof Error ? error.message : String(error), passing: false };
  const { status, title, detail, code = '' } = error.problem;
  const own: Texts = reading ? m.frame.reading : {};
  const known = own[code] ?? m.problem.codes[code];
  return known ? { ...known, passing: code === 'view-behind' } : { title, text: detail ?? `HTTP ${status}`, passing: false };
};

/** Words for what is wrong with a field: ours where its code is known, else the service's own. */
export const describeFieldError = ({ code = '', limit, message }: FieldError, m: Messages): string =>
  m.problem.fields[code]?.(limit === undefined ? undefined : new Intl.NumberFormat(m.locale).format(limit)) ?? m.desk.form.notTaken(message);
