/** Who is signed in, in this tab. The token lives in sessionStorage and nowhere else. */

export interface Session {
  readonly token: string;
  readonly subject: string;
  /** What the issuer calls the person, where it says so. */
  readonly name?: string;
  /** Milliseconds since 1970; absent when the token never expires. */
  readonly expiresAtMs?: number;
}

export type WhyEnded = 'refused' | 'expired' | 'signed-out';

export interface SessionState {
  readonly session?: Session;
  readonly whyEnded?: WhyEnded;
}

/** What a token says of its bearer, unverified (the service verifies); undefined when there is none. What else was pasted with it is left out. */
export const readToken = (pasted: string): Session | undefined => {
  const [token, payload] = /\beyJ[\w-]+\.([\w-]+)\.[\w-]+/.exec(pasted) ?? [];
  if (token === undefined || payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; exp?: unknown };
    return {
      token,
      subject: typeof claims.sub === 'string' ? claims.sub : '',
      ...(typeof claims.exp === 'number' && { expiresAtMs: claims.exp * 1000 }),
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
    throw error;
  }
};

const KEY = 'atrium.token';
const NAME_KEY = 'atrium.name';
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type SessionStore = ReturnType<typeof createSessionStore>;

export const createSessionStore = (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, now: () => number) => {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: SessionState = {};

  const move = (next: SessionState): void => {
    clearTimeout(timer);
    const expiresAtMs = next.session?.expiresAtMs;
    if (expiresAtMs !== undefined) timer = setTimeout(() => signOut('expired'), Math.min(expiresAtMs - now(), LONGEST_TIMER_MS));
    state = next;
    listeners.forEach((tell) => tell());
  };
  const signIn = (session: Session): void => {
    storage.setItem(KEY, session.token);
    if (session.name === undefined) storage.removeItem(NAME_KEY);
    else storage.setItem(NAME_KEY, session.name);
    move({ session });
  };
  const signOut = (whyEnded: WhyEnded): void => {
    storage.removeItem(KEY);
    storage.removeItem(NAME_KEY);
    if (state.session !== undefined) move({ whyEnded });
  };

  const kept = storage.getItem(KEY);
  const name = storage.getItem(NAME_KEY);
  const read = kept === null ? undefined : readToken(kept);
  const session = read === undefined || name === null ? read : { ...read, name };
  if (session !== undefined && (session.expiresAtMs ?? Infinity) <= now()) {
    storage.removeItem(KEY);
    state = { whyEnded: 'expired' };
  } else if (session !== undefined) move({ session });

  return {
    get: (): SessionState => state,
    token: (): string | undefined => state.session?.token,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn,
    signOut,
  };
};
