import { createContext, use, useSyncExternalStore } from 'react';
import type { Api } from '../api.js';
import type { LiveConnection } from '../live/connection.js';
import type { SessionState, SessionStore } from './session.js';
import type { SignInWay } from './sign-in-way.js';

export interface SessionServices {
  readonly store: SessionStore;
  readonly api: Api;
  readonly live: LiveConnection;
  readonly way: SignInWay;
}

export const SessionContext = createContext<SessionServices | undefined>(undefined);

const useServices = (): SessionServices => {
  const services = use(SessionContext);
  if (services === undefined) throw new Error('outside of SessionContext');
  return services;
};

export const useApi = (): Api => useServices().api;
export const useLiveConnection = (): LiveConnection => useServices().live;
export const useSignInWay = (): SignInWay => useServices().way;
export const useSessionStore = (): SessionStore => useServices().store;

export const useSession = (): SessionState => {
  const { store } = useServices();
  return useSyncExternalStore(store.subscribe, store.get);
};
