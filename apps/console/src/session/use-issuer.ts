import { useEffect, useState } from 'react';
import { useSignInWay } from './session-context.js';
import type { IssuerSettings } from './sign-in-settings.js';

const RETRY_MS = 2_000;

/** Whose tokens are taken here; undefined until the front has said so, which is asked again for as long as it does not answer. */
export const useIssuer = (): IssuerSettings | undefined => {
  const way = useSignInWay();
  const [issuer, setIssuer] = useState<IssuerSettings>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const ask = (): void => {
      way.settings().then((settings) => { if (!left) setIssuer(settings); }, () => { if (!left) timer = setTimeout(ask, RETRY_MS); });
    };
    ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [way]);
  return issuer;
};
