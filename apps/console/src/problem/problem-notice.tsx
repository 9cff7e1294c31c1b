import { Alert, Button } from 'antd';
import { ProblemError } from '../api.js';
import { useLanguage } from '../language/language.js';
import { describeProblem } from './describe-problem.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
  /** Older content stays on the page; the notice lies at its lower edge, so that nothing that is being read moves. */
  readonly stale?: boolean;
}

/** Asking again would change nothing. */
const isForGood = (error: unknown): boolean => error instanceof ProblemError && error.status === 403;

/** What came of asking for something that a page shows. */
export const ProblemNotice = ({ error, onRetry, retrying = false, stale = false }: Props) => {
  const { m } = useLanguage();
  const { title, text, passing } = describeProblem(error, m, true);
  return (
    <Alert
      className={stale ? 'notice notice-afloat' : 'notice'}
      role={passing ? 'status' : 'alert'}
      type={passing || stale ? 'warning' : 'error'}
      showIcon
      title={title}
      description={stale ? `${text} ${m.problem.stale}` : text}
      action={onRetry && !isForGood(error) && <Button onClick={onRetry} loading={retrying}>{m.problem.retry}</Button>}
    />
  );
};
