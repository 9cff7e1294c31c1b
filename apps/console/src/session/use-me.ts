import { useQuery } from '@tanstack/react-query';
import type { Me } from '../api.js';
import { useLanguage } from '../language/language.js';
import { useApi } from './session-context.js';

/** Who is signed in, as the service knows them. */
export const useMe = (): Me | undefined => {
  const api = useApi();
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.me(signal), refetchInterval: false, staleTime: Infinity }).data;
};

/** What a role is called; its code until the service has said so. */
export const useRoleTitle = (): ((role: string) => string) => {
  const { code } = useLanguage();
  const me = useMe();
  return (role) => me?.roles[role]?.[code] ?? role;
};
