import { useState } from 'react';
import { Button, Input } from 'antd';
import { createApi, ProblemError } from '../api.js';
import { useLanguage } from '../language/language.js';
import { describeProblem } from '../problem/describe-problem.js';
import { useSessionStore } from './session-context.js';
import { readToken } from './session.js';
import { WhyEnded } from './why-ended.js';

/** Signing in with a token that is pasted: of the built-in issuer, unless another is named. */
export const TokenForm = ({ issuer }: { readonly issuer?: string }) => {
  const { m } = useLanguage();
  const store = useSessionStore();
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<string>();
  const [asking, setAsking] = useState(false);

  const submit = async (): Promise<void> => {
    const session = readToken(pasted);
    if (session === undefined) return setFault(m.session.malformed);
    if ((session.expiresAtMs ?? Infinity) <= Date.now()) return setFault(m.session.pastExpiry);
    setAsking(true);
    try {
      const me = await createApi(() => session.token).me();
      store.signIn({ ...session, subject: session.subject || me.id });
    } catch (error) {
      setAsking(false);
      if (error instanceof ProblemError && error.status === 401) return setFault(m.session.why.refused);
      const { title, text } = describeProblem(error, m);
      setFault(`${title}. ${text}`);
    }
  };

  return (
    <>
      {fault === undefined && <WhyEnded staysHere />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {issuer === undefined
          ? <p>{m.session.lead} <code className="command">npm run --silent token -- supervisor</code> {m.session.then}</p>
          : <p>{m.session.issuer.token(issuer)}</p>}
        <label htmlFor="token">{m.session.token}</label>
        <Input.TextArea
          id="token"
          className="token"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          rows={5}
          value={pasted}
          placeholder={m.session.placeholder}
          status={fault === undefined ? '' : 'error'}
          aria-invalid={fault !== undefined}
          aria-describedby="token-fault token-kept"
          onChange={(event) => {
            setPasted(event.target.value);
            setFault(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            void submit();
          }}
        />
        <div id="token-fault" role="alert" className="fault">{fault}</div>
        <Button type="primary" htmlType="submit" size="large" block loading={asking} disabled={pasted.trim() === ''}>
          {m.session.submit}
        </Button>
        <p id="token-kept" className="quiet">{m.session.kept}</p>
      </form>
    </>
  );
};
