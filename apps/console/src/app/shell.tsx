import { useEffect, useRef, useState } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { useLanguage } from '../language/language.js';
import { useLiveUpdates } from '../live/live-updates.js';
import { useSession } from '../session/session-context.js';
import { SignInPage } from '../session/sign-in-page.js';
import { UserMenu } from '../session/user-menu.js';
import { Brand, LanguageSwitch } from './brand.js';
import { LiveMark } from './live-mark.js';
import { OfflineBanner } from './offline-banner.js';
import { ShortcutHelp } from './shortcut-help.js';
import { useShortcuts } from './shortcuts.js';

/** After a link to another page the focus is at the start of that page, as it would be after loading it. */
const useFocusOnArrival = () => {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    // A page that has put the focus somewhere itself knows better.
    if (shown.current !== pathname && main.current?.contains(document.activeElement) !== true) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return main;
};

const Frame = () => {
  const { m } = useLanguage();
  const main = useFocusOnArrival();
  const navigate = useNavigate();
  const [helping, setHelping] = useState(false);
  useLiveUpdates();
  useShortcuts({
    '?': () => setHelping(true),
    n: () => void navigate('/cases/new'),
  });
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
          <LiveMark />
          <LanguageSwitch />
          <UserMenu onShortcuts={() => setHelping(true)} />
        </div>
      </header>
      <OfflineBanner />
      <main id="content" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      <ShortcutHelp open={helping} onClose={() => setHelping(false)} />
      <ScrollRestoration />
    </>
  );
};

/** The frame of every page. Without a session the address stays and the sign-in page stands in its place. */
export const Shell = () => {
  const { session } = useSession();
  return session === undefined ? <SignInPage /> : <Frame />;
};
