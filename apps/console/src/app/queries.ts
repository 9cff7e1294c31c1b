import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api.js';

/** How often open pages ask again. */
export const REFRESH_MS = 15_000;

/** A 401 of any call ends the session; what the caller got wrong is not asked again, silence and server faults twice. */
export const createQueryClient = (onUnauthorized: () => void): QueryClient => {
  const onError = (error: Error): void => {
    if (error instanceof ProblemError && error.status === 401) onUnauthorized();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: REFRESH_MS,
        refetchOnWindowFocus: 'always',
        retry: (failures, error) => failures < 2 && (!(error instanceof ProblemError) || error.status === 0 || error.status >= 500),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
};
