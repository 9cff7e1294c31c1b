import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api.js';

/** How often open pages ask again where nobody tells them of changes. */
export const REFRESH_MS = 15_000;
/** And where somebody does: what is overdue changes by itself. */
const LIVE_REFRESH_MS = 60_000;

const LONGEST_RETRY_MS = 10_000;

interface Circumstances {
  readonly onUnauthorized: (why: 'refused' | 'expired') => void;
  /** Changes are told as they happen, and what was missed is asked for when that begins again. */
  readonly isLive: () => boolean;
}

/** Silence, faults of the service, its being busy and a view that is behind pass; what the caller got wrong does not. */
const isPassing = (error: Error): boolean =>
  !(error instanceof ProblemError) || error.status === 0 || error.status >= 500 || error.status === 429 || error.problem.code === 'view-behind';

/** A 401 of any call ends the session; what may pass is asked again twice, not before the service wants it. */
export const createQueryClient = ({ onUnauthorized, isLive }: Circumstances): QueryClient => {
  const onError = (error: Error): void => {
    if (error instanceof ProblemError && error.status === 401) onUnauthorized(error.problem.code === 'token-expired' ? 'expired' : 'refused');
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: () => (isLive() ? LIVE_REFRESH_MS : REFRESH_MS),
        refetchOnWindowFocus: 'always',
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (attempt, error) =>
          Math.min(LONGEST_RETRY_MS, Math.max(500 * 2 ** attempt, error instanceof ProblemError ? 1_000 * (error.problem.retryAfterSeconds ?? 0) : 0)),
      },
      // Whoever acts is told at once that it does not work, rather than that it will be done some day.
      mutations: { networkMode: 'always' },
    },
  });
};
