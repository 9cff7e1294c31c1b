import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ProblemError } from '../api.js';
import { useLanguage } from '../language/language.js';
import { describeFieldError, describeProblem } from '../problem/describe-problem.js';
import type { FieldError } from '../problem/problem-error.js';
import { useNow } from '../time/use-now.js';
import { isWorthRepeating } from './work.js';

interface Props {
  readonly problem: unknown;
  /** What was sent may have been done. */
  readonly unknown: boolean;
  readonly sending: boolean;
  readonly stray: readonly FieldError[];
  readonly onRepeat: () => void;
  readonly onEditAnyway: () => void;
  readonly children?: ReactNode;
}

/** Seconds until it is of use to ask again, counted from when the refusal came. */
const useRetryAfter = (problem: unknown): number => {
  const waitMs = problem instanceof ProblemError && problem.status === 429 ? (problem.problem.retryAfterSeconds ?? 0) * 1000 : 0;
  const [{ from, until }, setUntil] = useState({ from: problem, until: Date.now() + waitMs });
  const now = useNow();
  useEffect(() => {
    if (from !== problem) setUntil({ from: problem, until: Date.now() + waitMs });
  }, [from, problem, waitMs]);
  return waitMs === 0 ? 0 : Math.max(0, until - now);
};

/** Why a command came to nothing, above its fields, with what can be done about it. */
export const FormProblem = ({ problem, unknown, sending, stray, onRepeat, onEditAnyway, children }: Props) => {
  const { m, duration } = useLanguage();
  const words = m.desk.form;
  const waitMs = useRetryAfter(problem);
  const { title, text } = describeProblem(problem, m);
  return (
    <section className="form-problem" role="alert">
      <h3>{title}</h3>
      <p>{text}</p>
      {unknown && <p>{words.unknownOutcome}</p>}
      {stray.length > 0 && <ul>{stray.map((error) => <li key={error.path}><code>{error.path}</code> {describeFieldError(error, m)}</li>)}</ul>}
      {children}
      {(unknown || isWorthRepeating(problem)) && (
        <div className="form-problem-acts">
          <Button type="primary" loading={sending} disabled={waitMs > 0} onClick={onRepeat}>{waitMs > 0 ? words.repeatIn(duration(waitMs)) : words.repeat}</Button>
          {unknown && <Button type="text" onClick={onEditAnyway}>{words.editAnyway}</Button>}
          {unknown && <p className="quiet">{words.editWarning}</p>}
        </div>
      )}
    </section>
  );
};
