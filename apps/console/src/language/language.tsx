import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { durationParts } from '../time/duration.js';
import { zonedTime } from '../time/zoned-time.js';
import type { ZonedTime } from '../time/zoned-time.js';
import { en } from './en.js';
import type { Messages } from './en.js';
import { zh } from './zh.js';

export type LanguageCode = 'zh' | 'en';

export const messages: Readonly<Record<LanguageCode, Messages>> = { zh, en };

const KEY = 'atrium.language';

/** The remembered language, else Chinese where the browser asks for it before English, else English. */
export const chooseLanguage = (remembered: string | null, preferred: readonly string[]): LanguageCode => {
  if (remembered === 'zh' || remembered === 'en') return remembered;
  const first = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'zh' || tag === 'en');
  return first === 'zh' ? 'zh' : 'en';
};

export interface Language {
  readonly code: LanguageCode;
  readonly m: Messages;
  readonly setCode: (code: LanguageCode) => void;
  readonly duration: (durationMs: number) => string;
  readonly count: (n: number) => string;
  readonly zoned: (timeZone: string) => ZonedTime;
}

export const durationText = (m: Messages, durationMs: number): string =>
  durationParts(durationMs).map(({ unit, count }) => m.units[unit](count)).join(' ');

const LanguageContext = createContext<Language | undefined>(undefined);

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [code, set] = useState(() => chooseLanguage(localStorage.getItem(KEY), navigator.languages));
  const setCode = useCallback((next: LanguageCode) => {
    localStorage.setItem(KEY, next);
    set(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = messages[code].htmlLang;
  }, [code]);
  const language = useMemo<Language>(() => {
    const m = messages[code];
    const numbers = new Intl.NumberFormat(m.locale);
    return {
      code, m, setCode,
      duration: (durationMs) => durationText(m, durationMs),
      count: (n) => numbers.format(n),
      zoned: (timeZone) => zonedTime(m.locale, timeZone),
    };
  }, [code, setCode]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
};

export const useLanguage = (): Language => {
  const language = use(LanguageContext);
  if (language === undefined) throw new Error('useLanguage outside of LanguageProvider');
  return language;
};
