import { ProblemError } from '../api.js';
import type { Messages } from '../language/en.js';

export interface ProblemWords {
  readonly title: string;
  readonly text: string;
  /** A matter of a moment rather than a fault. */
  readonly passing: boolean;
}

/** Words for whatever a call threw. A query's 409 says that its view has not reached the position asked for. */
export const describeProblem = (error: unknown, m: Messages): ProblemWords => {
  if (!(error instanceof ProblemError)) return { title: m.problem.title, text: error instanceof Error ? error.message : String(error), passing: false };
  const { status, title, detail, code } = error.problem;
  if (status === 0) return { title: m.problem.noAnswer, text: m.problem.noAnswerText, passing: false };
  if (status === 409 && code !== 'view-parked') return { title: m.problem.catchingUp, text: detail ?? m.problem.catchingUpText, passing: true };
  if (status === 403) return { title: m.problem.forbidden, text: detail ?? title, passing: false };
  return { title, text: detail ?? `HTTP ${status}`, passing: false };
};
