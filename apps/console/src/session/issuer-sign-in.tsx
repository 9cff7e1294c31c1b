import { useEffect, useState } from 'react';
import { Button } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { createApi, ProblemError } from '../api.js';
import { useLanguage } from '../language/language.js';
import { describeProblem } from '../problem/describe-problem.js';
import { SIGNED_IN_PATH, SignInFailed } from './open-id.js';
import type { Session } from './session.js';
import { useSessionStore, useSignInWay } from './session-context.js';
import { WhyEnded } from './why-ended.js';

/** Signing in at the issuer: the way there, and the way back from it. */
export const IssuerSignIn = ({ issuer }: { readonly issuer: string }) => {
  const { m } = useLanguage();
  const way = useSignInWay();
  const store = useSessionStore();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isBack = pathname === SIGNED_IN_PATH;
  const [arrived, setArrived] = useState<Session>();
  const [failure, setFailure] = useState<unknown>();
  const [leaving, setLeaving] = useState(false);

  useEffect(() => {
    if (!isBack) return;
    let left = false;
    const complete = async (): Promise<void> => {
      const openId = await way.openId();
      if (openId === undefined) return;
      try {
        const { session, returnTo } = await openId.complete(location.href);
        const me = await createApi(() => session.token).me();
        if (left) return;
        setArrived({ ...session, subject: session.subject || me.id });
        await navigate(returnTo, { replace: true });
      } catch (error) {
        if (left) return;
        await navigate('/', { replace: true });
        setFailure(error);
      }
    };
    void complete();
    return () => { left = true; };
  }, [isBack, way, navigate]);

  // Only once the address is that of a page: the pages are shown from then on.
  useEffect(() => {
    if (arrived !== undefined && !isBack) store.signIn(arrived);
  }, [arrived, isBack, store]);

  const begin = async (): Promise<void> => {
    setFailure(undefined);
    setLeaving(true);
    try {
      await (await way.openId())?.begin(`${pathname}${search}`);
    } catch (error) {
      setLeaving(false);
      setFailure(error);
    }
  };
  const fault = (): string | undefined => {
    if (failure === undefined) return undefined;
    if (failure instanceof SignInFailed) return m.session.issuer.faults[failure.fault];
    if (failure instanceof ProblemError && failure.status === 401) return m.session.why.refused;
    const { title, text } = describeProblem(failure, m);
    return `${title}. ${text}`;
  };

  if (isBack || arrived !== undefined) return <p role="status">{m.session.issuer.completing}</p>;
  return (
    <>
      {failure === undefined && <WhyEnded />}
      <p>{m.session.issuer.lead(issuer)}</p>
      <div role="alert" className="fault">{fault()}</div>
      <Button type="primary" size="large" block autoFocus loading={leaving} onClick={() => void begin()}>{m.session.issuer.submit}</Button>
      <p className="quiet">{m.session.issuer.kept}</p>
    </>
  );
};
