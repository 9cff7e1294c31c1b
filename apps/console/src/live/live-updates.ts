import { useEffect, useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { Api } from '../api.js';
import { useLiveConnection, useSession, useSessionStore } from '../session/session-context.js';
import type { SessionStore } from '../session/session.js';
import { createConnection } from './connection.js';
import type { LiveConnection, LiveState } from './connection.js';
import type { KnownPosition } from './known-position.js';
import { paced } from './paced.js';

/** Lists are asked for again at most this often, however fast cases change. */
const LISTS_MS = 1_500;
/** Of those who all heard of one change at one moment, each asks within this time. */
const SPREAD_MS = 200;

interface Parts {
  readonly api: Api;
  readonly store: SessionStore;
  readonly known: KnownPosition;
  readonly queries: QueryClient;
}

/** The live stream of this tab, and what follows from what it says: whatever is shown of a changed case is asked for again. */
export const createLiveUpdates = ({ api, store, known, queries }: Parts): LiveConnection => {
  const again = (...queryKey: readonly string[]): void => void queries.invalidateQueries({ queryKey });
  const lists = paced(LISTS_MS, SPREAD_MS, () => {
    again('cases');
    again('facets');
  });
  const allCases = paced(LISTS_MS, SPREAD_MS, () => again('case'));
  return createConnection({
    open: (signal) => api.live(signal),
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState === 'visible',
    began: (position) => {
      known.announce(position);
      lists();
      again('case');
    },
    changed: ({ ids, more, position }) => {
      known.announce(position);
      lists();
      for (const id of ids) again('case', id);
      if (more) allCases();
    },
    refused: (why) => store.signOut(why),
  });
};

/** Follows what changes while somebody is signed in. Once in a page. */
export const useLiveUpdates = (): void => {
  const connection = useLiveConnection();
  const { session } = useSession();
  const store = useSessionStore();
  const token = session?.token;
  useEffect(() => {
    if (token === undefined) return;
    const stop = connection.start();
    const look = (): void => connection.circumstancesChanged();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }, [connection, store, token]);
};

export const useLiveState = (): LiveState => {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, connection.get);
};

const subscribeToNetwork = (tell: () => void): (() => void) => {
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
};

/** Whether this machine has a network at all, as far as the browser knows. */
export const useOnline = (): boolean => useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
