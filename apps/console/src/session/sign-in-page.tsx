import { Brand, LanguageSwitch } from '../app/brand.js';
import { usePageTitle } from '../app/use-page-title.js';
import { useLanguage } from '../language/language.js';
import { IssuerSignIn } from './issuer-sign-in.js';
import { TokenForm } from './token-form.js';
import { useIssuer } from './use-issuer.js';

/** The host of an issuer's address; the name itself where it is none. */
const hostOf = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

export const SignInPage = () => {
  const { m } = useLanguage();
  const issuer = useIssuer();
  usePageTitle(m.session.title);

  const form = () => {
    if (issuer === undefined) return <p role="status">{m.session.loading}</p>;
    if (issuer === 'built-in') return <TokenForm />;
    const host = hostOf(issuer.url);
    return issuer.clientId === null ? <TokenForm issuer={host} /> : <IssuerSignIn issuer={host} />;
  };
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <Brand />
        <LanguageSwitch />
      </header>
      <main className="sign-in-card" id="content">
        <h1>{m.session.title}</h1>
        {form()}
      </main>
    </div>
  );
};
