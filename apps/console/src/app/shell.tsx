import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { useLanguage } from '../language/language.js';
import { useSession } from '../session/session-context.js';
import { SignInPage } from '../session/sign-in-page.js';
import { UserMenu } from '../session/user-menu.js';
import { Brand, LanguageSwitch } from './brand.js';

/** The frame of every page. Without a session the address stays and the sign-in page stands in its place. */
export const Shell = () => {
  const { m } = useLanguage();
  const { session } = useSession();
  if (session === undefined) return <SignInPage />;
  return (
    <>
      <a className="skip" href="#content">{m.skip}</a>
      <header className="top">
        <Link to="/" className="brand-link"><Brand /></Link>
        <nav aria-label={m.nav.label}>
          <NavLink to="/cases">{m.nav.cases}</NavLink>
          <NavLink to="/system">{m.nav.system}</NavLink>
        </nav>
        <div className="top-end">
          <LanguageSwitch />
          <UserMenu />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </>
  );
};
