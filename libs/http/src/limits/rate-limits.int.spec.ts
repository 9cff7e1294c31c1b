import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startIssuer, type TestIssuer } from '@atrium/testing';
import { createService, createVerifier, rateLimitSettings, Roles } from '../index.js';
import { parseEnvironment } from '../environment.js';
import { z } from 'zod';

@Controller()
class DeskController {
  @Get('desk') @Roles('agent', 'integration') desk() { return {}; }
}

@Module({ controllers: [DeskController] })
class DeskModule {}

const start = Date.parse('2026-07-01T02:00:00.000Z');
let issuer: TestIssuer;
let app: NestFastifyApplication | undefined;

beforeAll(async () => { issuer = await startIssuer(); });
afterAll(() => issuer.stop());
beforeEach(() => {
  jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
});
afterEach(async () => {
  jest.useRealTimers();
  await app?.close();
  app = undefined;
});

async function serve(people: string, integrations: string, unknown: string, proxies = '0'): Promise<void> {
  const limits = parseEnvironment(z.object(rateLimitSettings), { ATRIUM_RATE_LIMIT: people, ATRIUM_RATE_LIMIT_INTEGRATION: integrations, ATRIUM_RATE_LIMIT_UNKNOWN: unknown, ATRIUM_TRUSTED_PROXIES: proxies });
  const verify = createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer, audience: issuer.audience, roles: ['agent', 'auditor', 'integration'] });
  app = await createService({ name: 'desk', module: DeskModule, verify, limits });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

const ask = async (token?: string, remoteAddress = '192.0.2.1', forwardedFor?: string) => {
  const { statusCode, headers, body } = await (app as NestFastifyApplication).inject({
    method: 'GET', url: '/api/desk/desk', remoteAddress,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }) },
  });
  return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
};

const statuses = async (count: number, ...by: Parameters<typeof ask>): Promise<number[]> => {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await ask(...by)).status);
  return seen;
};

it('takes so many requests of a person in a minute, says when to go on, and goes on then', async () => {
  await serve('2', '0', '0');
  const ann = await issuer.token('agent', 'ann');
  expect((await ask(ann)).headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
  expect(await statuses(1, ann)).toEqual([200]);
  jest.setSystemTime(start + 20_000);
  expect(await ask(ann)).toMatchObject({
    status: 429, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '40', 'ratelimit-remaining': '0', 'cache-control': 'no-store' },
    body: { code: 'too-many-requests', status: 429 },
  });
  expect(await statuses(1, await issuer.token('agent', 'bob'))).toEqual([200]);
  jest.setSystemTime(start + 60_000);
  expect(await statuses(3, ann)).toEqual([200, 200, 429]);
});

it('counts an integration by a limit of its own, and a role that may not do this as anybody else', async () => {
  await serve('1', '3', '0');
  expect(await statuses(4, await issuer.token('integration', 'till'))).toEqual([200, 200, 200, 429]);
  expect(await statuses(2, await issuer.token('auditor', 'eve'))).toEqual([403, 429]);
});

it('counts whom it does not know by address, and lets nobody else there suffer for it', async () => {
  await serve('0', '0', '2');
  const [, payload, signature] = (await issuer.token('agent', 'ann')).split('.');
  const forged = [Buffer.from('{"alg":"ES256","kid":"test"}').toString('base64url'), payload, (signature as string).split('').reverse().join('')].join('.');
  expect(await statuses(2)).toEqual([401, 401]);
  expect(await statuses(1, forged)).toEqual([429]);
  expect(await statuses(2, await issuer.token('agent', 'ann'))).toEqual([200, 200]);
  expect(await statuses(3, undefined, '192.0.2.2')).toEqual([401, 401, 429]);
});

it('takes the word of as many proxies as are said to stand in front, and of nobody else', async () => {
  const proxy = '192.0.2.1';
  await serve('0', '0', '1', '1');
  expect(await statuses(1, undefined, proxy, '198.51.100.7')).toEqual([401]);
  expect(await statuses(1, undefined, proxy, '203.0.113.9, 198.51.100.7')).toEqual([429]);
  expect(await statuses(1, undefined, proxy, '198.51.100.8')).toEqual([401]);
  await app?.close();
  await serve('0', '0', '1');
  expect(await statuses(1, undefined, proxy, '198.51.100.7')).toEqual([401]);
  expect(await statuses(1, undefined, proxy, '198.51.100.8')).toEqual([429]);
});

it('lets everybody hear that a token has come to its end', async () => {
  await serve('0', '0', '1');
  const token = await issuer.token('agent', 'ann');
  jest.setSystemTime(start + 48 * 60 * 60_000);
  expect(await statuses(3, token)).toEqual([401, 401, 401]);
  expect((await ask(token)).body).toMatchObject({ code: 'token-expired' });
  expect(await statuses(2)).toEqual([401, 429]);
});

it('takes the addresses of one IPv6 network for one', async () => {
  await serve('0', '0', '1');
  expect(await statuses(1, undefined, '2001:db8::1')).toEqual([401]);
  expect(await statuses(1, undefined, '2001:db8::2')).toEqual([429]);
  expect(await statuses(1, undefined, '2001:db8:0:1::1')).toEqual([401]);
});

it('does not count what fails for our own reasons', async () => {
  const away = await startIssuer();
  const token = await away.token('agent');
  await away.stop();
  app = await createService({
    name: 'desk', module: DeskModule, limits: { ATRIUM_RATE_LIMIT: 0, ATRIUM_RATE_LIMIT_INTEGRATION: 0, ATRIUM_RATE_LIMIT_UNKNOWN: 1, ATRIUM_TRUSTED_PROXIES: 0 },
    verify: createVerifier({ jwksUrl: away.jwksUrl, issuer: away.issuer, audience: away.audience, roles: ['agent'] }),
  });
  await app.init();
  expect(await statuses(2, token)).toEqual([503, 503]);
});

it.each(['-1', '1.5', 'many', '1e3'])('refuses the setting %s', (setting) => {
  expect(() => parseEnvironment(z.object(rateLimitSettings), { ATRIUM_RATE_LIMIT: setting })).toThrow('ATRIUM_RATE_LIMIT: must be a whole number of requests a minute');
});

it('has limits unless the settings say otherwise', () => {
  expect(parseEnvironment(z.object(rateLimitSettings), { ATRIUM_RATE_LIMIT: '' })).toEqual({ ATRIUM_RATE_LIMIT: 1_200, ATRIUM_RATE_LIMIT_INTEGRATION: 60_000, ATRIUM_RATE_LIMIT_UNKNOWN: 300, ATRIUM_TRUSTED_PROXIES: 0 });
});
