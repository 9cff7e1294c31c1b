import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exportSPKI, importJWK, type CryptoKey, type JWTPayload } from 'jose';
import { OpenIdIssuer } from '@atrium/testing';
import { sameTransport } from './issuer-keys.js';
import { createVerifier, type Verifier, type VerifierOptions } from './verifier.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const start = Date.parse('2026-07-01T02:00:00.000Z');
const after = (ms: number) => jest.setSystemTime(start + ms);

let issuer: OpenIdIssuer;
let verify: Verifier;

const verifierOf = (options: Partial<VerifierOptions> = {}) => createVerifier({ issuer: issuer.url, audience: 'atrium', roles: ['agent', 'auditor', 'system'], ...options });
const refusal = (status: number, code: string) => ({ details: { status, code } });

beforeEach(async () => {
  jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
  issuer = await OpenIdIssuer.start();
  verify = verifierOf();
});
afterEach(async () => {
  jest.useRealTimers();
  await issuer.goAway();
});

describe('the issuer', () => {
  it('is found by its address, and asked once', async () => {
    expect(await verify(await issuer.token())).toMatchObject({ actor: { id: 'ann', role: 'agent' }, expiresAt: start + 60 * MINUTE_MS });
    await verify(await issuer.token({ sub: 'bob' }));
    expect(issuer.asked).toEqual(['/realms/mall/.well-known/openid-configuration', '/keys']);
  });

  it('is not asked for its document where the address of its keys is given', async () => {
    const direct = verifierOf({ issuer: 'a name', jwksUrl: new URL('/keys', issuer.url).href });
    expect(await direct(await issuer.token({ iss: 'a name' }))).toMatchObject({ actor: { id: 'ann' } });
    expect(issuer.asked).toEqual(['/keys']);
  });

  it('must be named by its own document exactly so', async () => {
    const slashed = verifierOf({ issuer: `${issuer.url}/` });
    await expect(slashed(await issuer.token({ iss: `${issuer.url}/` }))).rejects.toMatchObject({ ...refusal(503, 'token-keys-away'), cause: { message: expect.stringMatching(/names another issuer/) } });
    expect(await slashed.health()).toBe('none');
  });

  it.each([
    ['an error', 500, '{}'], ['a page', 200, '<html>'], ['no address of keys', 200, '{}'], ['keys that are none', 200, '{"keys":[7]}'], ['nothing', 200, ''],
  ])('that answers %s is away, and not the fault of the token', async (_what, status, body) => {
    issuer.answer = () => ({ status, body });
    await expect(verify(await issuer.token())).rejects.toMatchObject({ ...refusal(503, 'token-keys-away'), retryAfterSeconds: 2 });
  });

  it.each(['file:///etc/hostname', 'data:application/json,{"keys":[]}', 'keys'])('does not lead to keys at %s', async (address) => {
    issuer.answer = (path) => (path.endsWith('openid-configuration') ? { status: 200, body: JSON.stringify({ issuer: issuer.url, jwks_uri: address }) } : undefined);
    await expect(verify(await issuer.token())).rejects.toMatchObject({ ...refusal(503, 'token-keys-away'), cause: { message: expect.stringMatching(/something else than its keys or their address/) } });
  });

  it('does not lead from TLS to keys without it', () => {
    expect(() => sameTransport('https://id.example', 'http://id.example/keys')).toThrow(/without TLS/);
    expect(sameTransport('https://id.example', 'https://keys.example/')).toBe('https://keys.example/');
    expect(sameTransport('http://id.example', 'http://id.example/keys')).toBe('http://id.example/keys');
  });

  it('that is away at first is asked again, and no refusal stays', async () => {
    const token = await issuer.token();
    await issuer.goAway();
    await expect(verify(token)).rejects.toMatchObject(refusal(503, 'token-keys-away'));
    expect(await verify.health()).toBe('none');
    await issuer.comeBack();
    after(3 * SECOND_MS);
    expect(await verify(token)).toMatchObject({ actor: { id: 'ann' } });
    expect(await verify.health()).toBe('fresh');
  });

  it('that goes away is not asked at every request', async () => {
    const token = await issuer.token();
    issuer.answer = () => ({ status: 503, body: '' });
    for (let index = 0; index < 5; index += 1) await expect(verify(token)).rejects.toMatchObject(refusal(503, 'token-keys-away'));
    expect(issuer.asked).toHaveLength(1);
  });

  it('that does not answer in time is waited for once, while its last keys serve', async () => {
    await verify(await issuer.token());
    issuer.answer = () => ({ status: 500, body: '' });
    after(6 * MINUTE_MS);
    expect(await verify(await issuer.token({ sub: 'bob' }))).toMatchObject({ actor: { id: 'bob' } });
    let goOn: () => void = () => undefined;
    const answered = new Promise<undefined>((resolve) => { goOn = () => resolve(undefined); });
    issuer.answer = () => answered;
    after(7 * MINUTE_MS);
    expect(await verify(await issuer.token({ sub: 'eve' }))).toMatchObject({ actor: { id: 'eve' } });
    // Had it been waited for, it would be given up by now, and its answer come too late.
    goOn();
    while (await verify.health() !== 'fresh') await new Promise((resolve) => setImmediate(resolve));
  });

  it('may be away for an hour before nobody can work any more', async () => {
    await verify(await issuer.token());
    await issuer.goAway();
    after(59 * MINUTE_MS);
    expect(await verify(await issuer.token())).toMatchObject({ actor: { id: 'ann' } });
    expect(await verify.health()).toBe('stale');
    after(61 * MINUTE_MS);
    await expect(verify(await issuer.token())).rejects.toMatchObject(refusal(503, 'token-keys-away'));
    expect(await verify.health()).toBe('none');
  });
});

describe('a key', () => {
  it('that is new is taken at once', async () => {
    await verify(await issuer.token());
    await issuer.publish('two');
    after(10 * SECOND_MS);
    expect(await verify(await issuer.token({}, { kid: 'two' }))).toMatchObject({ actor: { id: 'ann' } });
  });

  it('that nobody knows is not asked for at every request', async () => {
    await verify(await issuer.token());
    await issuer.publish('stranger');
    const made = await Promise.all(['a', 'b', 'c'].map((sub) => issuer.token({ sub }, { kid: 'stranger' })));
    issuer.withdraw('stranger');
    after(10 * SECOND_MS);
    for (const token of made) await expect(verify(token)).rejects.toMatchObject(refusal(401, 'token-invalid'));
    expect(issuer.asked.filter((path) => path === '/keys')).toHaveLength(2);
  });

  it('that is not known while the issuer is away is no reason to refuse', async () => {
    await verify(await issuer.token());
    await issuer.publish('two');
    const token = await issuer.token({}, { kid: 'two' });
    await issuer.goAway();
    after(10 * SECOND_MS);
    await expect(verify(token)).rejects.toMatchObject(refusal(503, 'token-keys-away'));
    await issuer.comeBack();
    after(20 * SECOND_MS);
    expect(await verify(token)).toMatchObject({ actor: { id: 'ann' } });
  });

  it('that is withdrawn ends: what passed by it is trusted for five minutes, and nothing after that', async () => {
    await issuer.publish('two');
    const token = await issuer.token({ exp: start / 1_000 + 43_200 });
    await verify(token);
    issuer.withdraw('one');
    after(4.9 * MINUTE_MS);
    expect(await verify(token)).toMatchObject({ actor: { id: 'ann' } });
    expect(issuer.asked).toHaveLength(2);
    after(5.1 * MINUTE_MS);
    await expect(verify(token)).rejects.toMatchObject(refusal(401, 'token-invalid'));
    expect(await verify(await issuer.token({}, { kid: 'two' }))).toMatchObject({ actor: { id: 'ann' } });
  });

  it.each(['EdDSA', 'ES384', 'RS256', 'PS512'])('may be of %s', async (alg) => {
    await issuer.publish('other', alg);
    expect(await verify(await issuer.token({}, { kid: 'other', alg }))).toMatchObject({ actor: { id: 'ann' } });
  });

  it('that is public signs nothing: neither by HMAC, nor where no signature is asked for', async () => {
    await issuer.publish('rsa', 'RS256');
    const published = issuer.published.find(({ kid }) => kid === 'rsa');
    const secret = new TextEncoder().encode(await exportSPKI(await importJWK(published ?? {}, 'RS256', { extractable: true }) as CryptoKey));
    await expect(verify(await issuer.token({}, { alg: 'HS256', kid: 'rsa', with: secret }))).rejects.toMatchObject(refusal(401, 'token-invalid'));
    const [, payload] = (await issuer.token()).split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url');
      await expect(verify(`${header}.${payload}.`)).rejects.toMatchObject(refusal(401, 'token-invalid'));
    }
  });
});

describe('a token', () => {
  const seconds = (fromNow: number) => start / 1_000 + fromNow;
  const takes = async (claims: JWTPayload, options?: Partial<VerifierOptions>) => expect(await verifierOf(options)(await issuer.token(claims))).toMatchObject({ actor: { role: 'agent' } });
  const refuses = async (claims: JWTPayload, code: string, options?: Partial<VerifierOptions>) =>
    expect(verifierOf(options)(await issuer.token(claims))).rejects.toMatchObject(refusal(code.startsWith('role') ? 403 : 401, code));

  it('is meant for us: for us alone, or for us too', async () => {
    await takes({ aud: ['account', 'atrium'] });
    for (const aud of ['account', ['account'], [], undefined, 'atrium ', 'Atrium']) await refuses({ aud }, 'token-invalid');
  });

  it('comes from the issuer, has a subject and an end', async () => {
    for (const claims of [{ iss: 'https://elsewhere.example' }, { iss: `${issuer.url}/` }, { iss: undefined }, { sub: undefined }, { exp: undefined }]) await refuses(claims, 'token-invalid');
  });

  it('may be of a clock that is somewhat ahead or behind, and of no other', async () => {
    await takes({ exp: seconds(-29) });
    await refuses({ exp: seconds(-31) }, 'token-expired');
    await takes({ nbf: seconds(29) });
    await refuses({ nbf: seconds(31) }, 'token-invalid');
    await takes({ iat: seconds(29) });
    await refuses({ iat: seconds(31) }, 'token-invalid');
    await takes({ iat: undefined });
  });

  it('may be of a clock that is so far off as the settings say', async () => {
    await takes({ exp: seconds(-119), nbf: seconds(119), iat: seconds(119) }, { clockToleranceSeconds: 120 });
    await refuses({ exp: seconds(0) }, 'token-expired', { clockToleranceSeconds: 0 });
    await refuses({ iat: seconds(1) }, 'token-invalid', { clockToleranceSeconds: 0 });
  });

  it('is trusted no longer than it lasts', async () => {
    const token = await issuer.token({ exp: seconds(120) });
    await verify(token);
    after(2.6 * MINUTE_MS);
    await expect(verify(token)).rejects.toMatchObject(refusal(401, 'token-expired'));
  });

  it('carries one role, where the settings say', async () => {
    await takes({ role: undefined, realm_access: { roles: ['offline_access', 'agent'] } }, { roleClaim: 'realm_access.roles' });
    await refuses({ role: undefined }, 'role-unknown');
    await refuses({ role: 'emperor' }, 'role-unknown');
    await refuses({ role: 'system' }, 'role-unknown');
    await refuses({ role: ['agent', 'auditor'] }, 'role-ambiguous');
    await takes({ role: ['agent', 'system'] });
  });
});
