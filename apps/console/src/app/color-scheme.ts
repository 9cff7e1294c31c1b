import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useMedia } from './use-media.js';

export const COLOR_SCHEMES = ['system', 'light', 'dark'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

/** public/theme.js reads it before anything is painted. */
const KEY = 'atrium.theme';

const listeners = new Set<() => void>();

const chosen = (): ColorScheme => COLOR_SCHEMES.find((scheme) => scheme === localStorage.getItem(KEY)) ?? 'system';

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  // Another tab may choose, too.
  window.addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('storage', tell);
  };
};

/** What the reader has chosen, remembered by this browser. */
export const useColorScheme = () => {
  const scheme = useSyncExternalStore(subscribe, chosen);
  const choose = useCallback((next: ColorScheme): void => {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
    listeners.forEach((tell) => tell());
  }, []);
  return { scheme, choose };
};

/** Whether the page is dark now, by choice or because the system is; the style sheets are told. */
export const useDark = (): boolean => {
  const { scheme } = useColorScheme();
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const dark = scheme === 'system' ? systemIsDark : scheme === 'dark';
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return dark;
};
