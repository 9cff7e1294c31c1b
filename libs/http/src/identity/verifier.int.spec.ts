import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createVerifier, type Verifier } from './verifier.js';

const MINUTE_MS = 60_000;
const start = Date.parse('2026-07-01T02:00:00.000Z');
const at = (minutes: number) => jest.setSystemTime(start + minutes * MINUTE_MS);

let issuer: Server;
let published: object[];
let asked: number;
let verify: Verifier;
let token: string;

beforeEach(async () => {
  jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  published = [{ ...await exportJWK(publicKey), kid: 'one', alg: 'ES256' }];
  asked = 0;
  issuer = createServer((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  verify = createVerifier({ jwksUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`, issuer: 'test', audience: 'atrium', roles: ['agent'] });
  token = await new SignJWT({ role: 'agent' }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).setSubject('ann').setIssuer('test').setAudience('atrium').setExpirationTime('12h').sign(privateKey);
});
afterEach(async () => {
  jest.useRealTimers();
  await new Promise((resolve) => issuer.close(resolve));
});

it('trusts a token for five minutes without asking anybody, and no longer once its key is withdrawn', async () => {
  await verify(token);
  published = [];
  at(4.9);
  expect(await verify(token)).toMatchObject({ actor: { id: 'ann', role: 'agent' } });
  expect(asked).toBe(1);
  at(5.1);
  await expect(verify(token)).rejects.toMatchObject({ details: { status: 401, code: 'token-invalid' } });
});

it('trusts no token beyond its end', async () => {
  await verify(token);
  at(12 * 60 - 2);
  await verify(token);
  at(12 * 60 + 1);
  await expect(verify(token)).rejects.toMatchObject({ details: { status: 401, code: 'token-expired' } });
});
