import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Mall } from '../api.js';
import { useLanguage } from '../language/language.js';
import { useApi } from '../session/session-context.js';

const HOUR_MS = 60 * 60 * 1000;

/** The malls with their names in the language shown. Until they are known, a mall is its id and its times are in UTC. */
export const useMalls = () => {
  const api = useApi();
  const { code } = useLanguage();
  const { data } = useQuery({ queryKey: ['malls'], queryFn: ({ signal }) => api.malls(signal), staleTime: HOUR_MS, refetchInterval: false });
  const find = useCallback((id: string): Mall | undefined => data?.find((mall) => mall.id === id), [data]);
  return {
    malls: data ?? [],
    mallName: useCallback((id: string): string => find(id)?.name[code] ?? id, [find, code]),
    mallZone: useCallback((id: string): string => find(id)?.timeZone ?? 'UTC', [find]),
  };
};
