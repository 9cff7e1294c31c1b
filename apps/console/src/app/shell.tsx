import { useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useLanguage } from '../language/language.js';
import { useSession } from '../session/session-context.js';
import { SignInPage } from '../session/sign-in-page.js';
import { UserMenu } from '../session/user-menu.js';
import { Brand, LanguageSwitch } from './brand.js';

/** After a link to another page the focus is at the start of that page, as it would be after loading it. */
const useFocusOnArrival = () => {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return main;
};

/** The frame of every page. Without a session the address stays and the sign-in page stands in its place. */
export const Shell = () => {
  const { m } = useLanguage();
  const { session } = useSession();
  const main = useFocusOnArrival();
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
      <main id="content" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </>
  );
};
