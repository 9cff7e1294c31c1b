import { Alert } from 'antd';
import { useHasUnsent } from '../commands/use-work.js';
import { useLanguage } from '../language/language.js';
import { useSession } from './session-context.js';

interface Props {
  /** Signing in here leaves this page where it is, so that what was typed before is still there afterwards. */
  readonly staysHere?: boolean;
}

/** Why there is no session any more, where there was one. */
export const WhyEnded = ({ staysHere = false }: Props) => {
  const { m } = useLanguage();
  const { whyEnded } = useSession();
  const hasUnsent = useHasUnsent();
  if (whyEnded === undefined) return null;
  return (
    <Alert
      type={whyEnded === 'signed-out' ? 'info' : 'warning'} showIcon title={m.session.why[whyEnded]} role="status"
      description={staysHere && hasUnsent ? m.desk.keptUntilSignIn : undefined}
    />
  );
};
