import { StrictMode, useEffect, useState } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createApi } from './api.js';
import { useDark } from './app/color-scheme.js';
import { createQueryClient } from './app/queries.js';
import { createRouter } from './app/routes.js';
import { antdTheme } from './app/theme.js';
import { useMedia, useNarrow } from './app/use-media.js';
import { searched } from './cases/list/searched.js';
import { useKeepWork } from './commands/use-work.js';
import { createKnownPosition } from './live/known-position.js';
import { createLiveUpdates } from './live/live-updates.js';
import { LanguageProvider, useLanguage } from './language/language.js';
import { keepSignedIn } from './session/keep-signed-in.js';
import { SessionContext, useSession } from './session/session-context.js';
import { createSessionStore } from './session/session.js';
import { createSignInWay } from './session/sign-in-way.js';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/live.css';
import './styles/cases.css';
import './styles/list-states.css';
import './styles/case.css';
import './styles/forms.css';
import './styles/system.css';
import './styles/touch.css';

const store = createSessionStore(sessionStorage, Date.now);
const way = createSignInWay({ origin: location.origin, storage: sessionStorage });
keepSignedIn(store, way.openId, Date.now);
const known = createKnownPosition();
const api = createApi(store.token, known);
const queryClient = createQueryClient({ onUnauthorized: (why) => store.signOut(why), isLive: () => live.get() === 'live' });
const live = createLiveUpdates({ api, store, known, queries: queryClient });

/** What one person saw is not left for the next. */
const useForgetOnSignOut = (): void => {
  const { session } = useSession();
  useEffect(() => {
    if (session !== undefined) return;
    queryClient.clear();
    known.forget();
    searched.forget();
  }, [session]);
};

/** What pops up belongs to the landmark it came from, for those who listen to the page. */
const landmarkOf = (trigger?: HTMLElement): HTMLElement => trigger?.closest<HTMLElement>('main, header') ?? document.body;

const Console = () => {
  const { code } = useLanguage();
  const isDark = useDark();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const narrow = useNarrow();
  const [router] = useState(createRouter);
  useForgetOnSignOut();
  useKeepWork();
  return (
    <ConfigProvider
      theme={antdTheme({ isDark, narrow, still })}
      componentSize="small"
      locale={code === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      getPopupContainer={landmarkOf}
    >
      <App component={false}>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  );
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <SessionContext value={{ store, api, live, way }}>
      <QueryClientProvider client={queryClient}>
        <LanguageProvider>
          <Console />
        </LanguageProvider>
      </QueryClientProvider>
    </SessionContext>
  </StrictMode>,
);
