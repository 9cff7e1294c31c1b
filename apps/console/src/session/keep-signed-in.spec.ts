import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keepSignedIn } from './keep-signed-in.js';
import { createSessionStore, type Session } from './session.js';

const MINUTE_MS = 60_000;
const sessionOf = (token: string, minutes: number): Session => ({ token, subject: 'ann', expiresAtMs: Date.now() + minutes * MINUTE_MS });
const nothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

describe('a session', () => {
  let store: ReturnType<typeof createSessionStore>;
  let answers: (() => Session | undefined)[];
  let renewals: number;
  let forgotten: number;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-03-01T02:00:00.000Z') });
    store = createSessionStore(nothing, Date.now);
    answers = [];
    renewals = 0;
    forgotten = 0;
    keepSignedIn(store, async () => ({
      renew: async () => {
        renewals += 1;
        return answers.shift()?.();
      },
      forget: async () => { forgotten += 1; },
    }), Date.now);
  });
  afterEach(() => { jest.useRealTimers(); });

  it('is renewed a minute before its token ends, again and again', async () => {
    answers = [() => sessionOf('two', 10), () => sessionOf('three', 10)];
    store.signIn(sessionOf('one', 10));
    await jest.advanceTimersByTimeAsync(8.9 * MINUTE_MS);
    expect(store.token()).toBe('one');
    await jest.advanceTimersByTimeAsync(0.2 * MINUTE_MS);
    expect(store.token()).toBe('two');
    await jest.advanceTimersByTimeAsync(9.1 * MINUTE_MS);
    expect(store.token()).toBe('three');
  });

  it('is renewed once the issuer answers again, if that is in time', async () => {
    answers = [() => undefined, () => undefined, () => sessionOf('two', 10)];
    store.signIn(sessionOf('one', 10));
    await jest.advanceTimersByTimeAsync(9.9 * MINUTE_MS);
    expect(store.token()).toBe('two');
  });

  it('ends with its token where nothing renews it, and is not asked for without end', async () => {
    store.signIn(sessionOf('one', 10));
    await jest.advanceTimersByTimeAsync(10.1 * MINUTE_MS);
    expect(store.get()).toEqual({ whyEnded: 'expired' });
    expect(renewals).toBeLessThan(10);
    expect(forgotten).toBe(1);
  });

  it('is not taken up again by a renewal that comes after signing out', async () => {
    answers = [() => {
      store.signOut('signed-out');
      return sessionOf('two', 10);
    }];
    store.signIn(sessionOf('one', 10));
    await jest.advanceTimersByTimeAsync(9.5 * MINUTE_MS);
    expect(store.get()).toEqual({ whyEnded: 'signed-out' });
    expect(forgotten).toBe(0);
  });

  it('is not renewed by a token that lasts no longer', async () => {
    const same = sessionOf('one', 10);
    answers = Array.from({ length: 100 }, () => () => same);
    store.signIn(same);
    await jest.advanceTimersByTimeAsync(9.99 * MINUTE_MS);
    expect(renewals).toBeLessThan(10);
  });
});
