import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { word } from '../language/en.js';
import type { Words } from '../language/en.js';
import { useLanguage } from '../language/language.js';
import { useApi } from '../session/session-context.js';

const HOUR_MS = 60 * 60 * 1000;

/** The malls with their names in the language shown. Until they are known, a mall is its id and its times are in UTC. */
export const useMalls = () => {
  const api = useApi();
  const { code } = useLanguage();
  const { data } = useQuery({ queryKey: ['malls'], queryFn: ({ signal }) => api.malls(signal), staleTime: HOUR_MS, refetchInterval: false });
  return useMemo(() => {
    const mallNames: Words = Object.fromEntries((data ?? []).map(({ id, name }) => [id, name[code]]));
    return {
      malls: data,
      mallNames,
      mallName: (id: string): string => word(mallNames, id),
      mallZone: (id: string): string => data?.find((mall) => mall.id === id)?.timeZone ?? 'UTC',
      mallCurrency: (id: string): string => data?.find((mall) => mall.id === id)?.currency ?? 'CNY',
    };
  }, [data, code]);
};
