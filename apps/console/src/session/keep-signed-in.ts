import type { Session, SessionStore } from './session.js';

interface Renewal {
  /** Undefined where there is nothing to renew with, or the issuer does not renew. */
  renew(): Promise<Session | undefined>;
  forget(): Promise<void>;
}

/** Before a token ends, and before one that lasts less than five minutes does: a fifth of the time it has left. */
const MARGIN_MS = 60_000;
const SHORTEST_INTERVAL_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Renews the token of whoever is signed in before it ends, without a word; where that does not succeed, the session ends
 * with its token. What could renew it is forgotten when the session has ended otherwise than by signing out.
 */
export function keepSignedIn(store: SessionStore, renewal: () => Promise<Renewal | undefined>, now: () => number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** While the front does not answer, there is nothing to renew with. */
  const known = (): Promise<Renewal | undefined> => renewal().catch(() => undefined);
  const plan = (waitMs: number): void => {
    timer = setTimeout(() => void renew(), Math.min(Math.max(waitMs, 0), LONGEST_TIMER_MS));
  };
  const renew = async (): Promise<void> => {
    const { session } = store.get();
    if (session?.expiresAtMs === undefined) return;
    const renewed = await (await known())?.renew();
    // Meanwhile they may have signed out, or another may have signed in.
    if (store.get().session !== session) return;
    if (renewed !== undefined && (renewed.expiresAtMs ?? Infinity) > session.expiresAtMs) return store.signIn(renewed);
    const leftMs = session.expiresAtMs - now();
    if (leftMs > SHORTEST_INTERVAL_MS) plan(Math.max(SHORTEST_INTERVAL_MS, leftMs / 2));
  };
  const follow = (): void => {
    clearTimeout(timer);
    const { session, whyEnded } = store.get();
    if (whyEnded === 'expired' || whyEnded === 'refused') void known().then((way) => way?.forget());
    if (session?.expiresAtMs === undefined) return;
    const leftMs = session.expiresAtMs - now();
    plan(leftMs - Math.min(MARGIN_MS, leftMs / 5));
  };
  store.subscribe(follow);
  follow();
}
