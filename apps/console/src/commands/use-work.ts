import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api.js';
import type { CommandAnswer, CommandRequest } from '../api.js';
import { newIdempotencyKey } from '../app/idempotency-key.js';
import { useApi, useSession, useSessionStore } from '../session/session-context.js';
import type { CommandForm } from './command-schema.js';
import { createWorkStore, workId } from './work.js';
import type { Beginning, Work } from './work.js';

const store = createWorkStore(newIdempotencyKey);

/** The commands of the caller's role, as the service describes them. */
export const useCommands = () => {
  const api = useApi();
  return useQuery({ queryKey: ['commands'], queryFn: ({ signal }) => api.commands(signal), staleTime: Infinity, refetchInterval: false, refetchOnWindowFocus: false });
};

/** Of one command on one case (or `new`): what is typed, and how to send it. */
export const useWork = (target: string, form: CommandForm | undefined) => {
  const { session } = useSession();
  const api = useApi();
  const sessions = useSessionStore();
  const id = workId(session?.subject ?? '', target, form?.type ?? '');
  const work = useSyncExternalStore(store.subscribe, useCallback(() => store.get(id), [id]));
  /** An end of the session is the session's matter; what is typed stays. */
  const dispatch = async (request: CommandRequest): Promise<CommandAnswer> => {
    try {
      return await api.send(request);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) sessions.signOut(error.problem.code === 'token-expired' ? 'expired' : 'refused');
      throw error;
    }
  };
  return {
    work,
    begin: (beginning: Beginning): void => store.begin(id, beginning),
    type: (pointer: string, value: string): void => store.type(id, pointer, value),
    accept: (revision: string): void => store.accept(id, revision),
    editAnyway: (): void => store.edit(id),
    drop: (): void => store.drop(id),
    leave: (): void => store.dropUntouched(id),
    send: (body: object): Promise<CommandAnswer | undefined> => store.send(id, pathOf(target, form), body, dispatch),
  };
};

const pathOf = (target: string, form: CommandForm | undefined): string => (form?.route == null ? '' : `/${encodeURIComponent(target)}/${form.route}`);

/** The commands of one case that hold text nobody has sent yet. */
export const useDrafts = (target: string): ReadonlyMap<string, Work> => {
  const { session } = useSession();
  const all = useSyncExternalStore(store.subscribe, store.all);
  const prefix = workId(session?.subject ?? '', target, '');
  return new Map([...all].filter(([id, work]) => id.startsWith(prefix) && (work.touched || work.sending)).map(([id, work]) => [id.slice(prefix.length), work]));
};

export const useHasUnsent = (): boolean => useSyncExternalStore(store.subscribe, store.hasUnsent);

/** What one person typed is not left for the next, but waits for the same one to sign in again; the browser warns before it would be lost. */
export const useKeepWork = (): void => {
  const { session, whyEnded } = useSession();
  useEffect(() => {
    if (session !== undefined) store.keepOnly(session.subject);
    else if (whyEnded === 'signed-out') store.dropAll();
  }, [session, whyEnded]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (store.hasUnsent()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
};

/** Has everything that shows this case, or lists cases, shown anew; `shown` once its page does. */
export const useShowWritten = () => {
  const queries = useQueryClient();
  const api = useApi();
  return async (id: string): Promise<'shown' | 'later'> => {
    const queryKey = ['case', id];
    await queries.cancelQueries({ queryKey });
    void queries.invalidateQueries({ queryKey: ['cases'] });
    void queries.invalidateQueries({ queryKey: ['facets'] });
    try {
      // It asks for nothing older than what was written.
      await queries.fetchQuery({ queryKey, queryFn: ({ signal }) => api.case(id, signal), staleTime: 0, retry: 3 });
      return 'shown';
    } catch (error) {
      if (error instanceof ProblemError) return 'later';
      throw error;
    }
  };
};
