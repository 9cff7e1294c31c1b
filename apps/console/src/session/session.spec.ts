import { describe, expect, it } from '@jest/globals';
import { createSessionStore, readToken } from './session.js';

const tokenOf = (claims: object): string => `${btoa('{"alg":"EdDSA"}')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
const NOW = 1_700_000_000_000;
const token = tokenOf({ sub: '李娜', role: 'supervisor', exp: NOW / 1000 + 60 });

const memory = (initial?: string) => {
  const kept = new Map<string, string>(initial === undefined ? [] : [['atrium.token', initial]]);
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

describe('token', () => {
  it('says whose it is, also in Chinese, and whatever was pasted around it', () => {
    const read = { token, subject: '李娜', expiresAtMs: NOW + 60_000 };
    expect(readToken(token)).toEqual(read);
    expect(readToken(`  Bearer ${token}\n`)).toEqual(read);
    expect(readToken(`> @atrium/source@0.1.0 token\n> node token.js supervisor\n\n${token}\n`)).toEqual(read);
  });

  it.each(['', 'abc', 'a.b.c', 'eyJh.%%%.c', `eyJh.${btoa('no json').replaceAll('=', '')}.c`, 'eyJh.a.c'])('%j is none', (pasted) => {
    expect(readToken(pasted)).toBeUndefined();
  });
});

describe('session', () => {
  it('is taken up from the tab, and given up at sign-out with the reason', () => {
    const storage = memory(token);
    const store = createSessionStore(storage, () => NOW);
    expect(store.get().session?.subject).toBe('李娜');
    const told: unknown[] = [];
    store.subscribe(() => told.push(store.get()));
    store.signOut('refused');
    expect(told).toEqual([{ whyEnded: 'refused' }]);
    expect(storage.kept.size).toBe(0);
    expect(store.token()).toBeUndefined();
  });

  it('keeps what the issuer calls the person, and forgets it with them', () => {
    const storage = memory();
    const store = createSessionStore(storage, () => NOW);
    const takenUp = () => {
      const again = createSessionStore(storage, () => NOW);
      const { session } = again.get();
      again.signOut('signed-out');
      return session;
    };
    store.signIn({ token, subject: '7', name: '李娜' });
    expect(takenUp()).toMatchObject({ token, name: '李娜' });
    expect(storage.kept.size).toBe(0);
    store.signIn({ token, subject: '7', name: '李娜' });
    store.signIn({ token, subject: '7' });
    expect(takenUp()).not.toHaveProperty('name');
  });

  it('does not begin with a token that has expired meanwhile', () => {
    const storage = memory(token);
    expect(createSessionStore(storage, () => NOW + 60_000).get()).toEqual({ whyEnded: 'expired' });
    expect(storage.kept.size).toBe(0);
  });

  it('keeps the first reason when several calls fail at once', () => {
    const store = createSessionStore(memory(token), () => NOW);
    store.signOut('expired');
    store.signOut('refused');
    expect(store.get()).toEqual({ whyEnded: 'expired' });
  });
});
