import { Alert } from 'antd';
import { useLanguage } from '../language/language.js';
import { useSession } from './session-context.js';

/** Why there is no session any more, where there was one. */
export const WhyEnded = () => {
  const { m } = useLanguage();
  const { whyEnded } = useSession();
  return whyEnded === undefined ? null : <Alert type={whyEnded === 'signed-out' ? 'info' : 'warning'} showIcon title={m.session.why[whyEnded]} role="status" />;
};
