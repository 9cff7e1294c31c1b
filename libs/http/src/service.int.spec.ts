import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { EventStoreUnavailable, KeyReused } from '@atrium/event-store';
import { CurrentActor, createService, createVerifier, Public, Roles } from './index.js';

@Controller()
class EdgeController {
  @Get('open') @Public() open() { return { ok: true }; }
  @Get('nobody') nobody() { return {}; }
  @Get('whoami') @Roles('agent') whoami(@CurrentActor() actor: object) { return actor; }
  @Post('echo') @Roles('agent') echo(@Body() body: object) { return body; }
  @Post('import') @Roles('agent') import(@Body() body: Buffer) { return { bytes: body.length }; }
  @Get('bug') @Roles('agent') bug() { throw new Error('secret of the house'); }
  @Get('away') @Roles('agent') away() { throw new EventStoreUnavailable(new Error('ECONNREFUSED 10.0.0.7')); }
  @Get('reused') @Roles('agent') reused() { throw new KeyReused(); }
}

@Module({ controllers: [EdgeController] })
class EdgeModule {}

describe('the edge of a service', () => {
  let app: NestFastifyApplication;
  let issuer: Server;
  let key: CryptoKey;
  const published: object[] = [];

  const sign = (claims: JWTPayload = {}, { expires = '1h', audience = 'atrium', issuedBy = 'test', kid = 'one', with: signer = key } = {}) =>
    new SignJWT({ role: 'agent', ...claims }).setProtectedHeader({ alg: 'ES256', kid }).setSubject('ann').setIssuer(issuedBy).setAudience(audience).setExpirationTime(expires).sign(signer);

  const request = async (method: 'GET' | 'POST', path: string, { token, payload, headers = {} }: { token?: string; payload?: string | Buffer; headers?: Record<string, string> } = {}) => {
    const answer = await app.inject({ method, url: `/api/edge/${path}`, ...(payload === undefined ? {} : { payload }), headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers } });
    return { status: answer.statusCode, type: answer.headers['content-type'], headers: answer.headers, text: answer.body, body: answer.body === '' ? undefined : JSON.parse(answer.body) as Record<string, unknown> };
  };
  const json = { 'content-type': 'application/json' };

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    published.push({ ...await exportJWK(pair.publicKey), kid: 'one', alg: 'ES256' });
    issuer = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published })));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`;
    app = await createService({ name: 'edge', module: EdgeModule, verify: createVerifier({ jwksUrl, issuer: 'test', audience: 'atrium', roles: ['agent', 'auditor'] }) });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await new Promise((resolve) => issuer.close(resolve));
  });

  it('knows who is calling', async () => {
    expect(await request('GET', 'whoami', { token: await sign() })).toMatchObject({ status: 200, body: { id: 'ann', role: 'agent' } });
  });

  it('lets anyone call a public route, and nobody one without roles', async () => {
    expect(await request('GET', 'open')).toMatchObject({ status: 200 });
    expect(await request('GET', 'nobody', { token: await sign() })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('refuses a role that the route does not name, and one that nobody knows', async () => {
    expect(await request('GET', 'whoami', { token: await sign({ role: 'auditor' }) })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await request('GET', 'whoami', { token: await sign({ role: 'emperor' }) })).toMatchObject({ status: 403, body: { code: 'role-unknown' } });
  });

  it('answers 401 as problem+json without a token and with a token that is not valid here', async () => {
    const forged = (await generateKeyPair('ES256')).privateKey;
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"ann","role":"agent","exp":4102444800}').toString('base64url')}.`;
    const tokens: [string, string | undefined][] = [
      ['unauthenticated', undefined],
      ['unauthenticated', 'ünicode'],
      ['token-invalid', 'not-a-token'],
      ['token-invalid', unsigned],
      ['token-invalid', await sign({}, { with: forged })],
      ['token-invalid', await sign({}, { kid: 'unknown' })],
      ['token-invalid', await sign({}, { audience: 'other' })],
      ['token-invalid', await sign({}, { issuedBy: 'other' })],
      ['token-expired', await sign({}, { expires: '-1h' })],
    ];
    for (const [code, token] of tokens) {
      const answer = await request('GET', 'whoami', token === undefined ? {} : { token });
      expect(answer).toMatchObject({ status: 401, type: 'application/problem+json; charset=utf-8', headers: { 'www-authenticate': 'Bearer' }, body: { code } });
    }
  });

  it('names what is wrong with a body, by its kind', async () => {
    const token = await sign();
    expect(await request('POST', 'echo', { token, payload: '{"a":', headers: json })).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect(await request('POST', 'echo', { token, payload: '<a/>', headers: { 'content-type': 'text/xml' } })).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    expect(await request('POST', 'echo', { token, payload: JSON.stringify({ a: 'x'.repeat(5_000_000) }), headers: json })).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await request('POST', 'echo', { token, payload: '{"__proto__":{"admin":true}}', headers: json })).toMatchObject({ status: 400 });
    expect(await request('GET', 'nowhere', { token })).toMatchObject({ status: 404, type: 'application/problem+json; charset=utf-8', body: { code: 'not-found' } });
  });

  it('takes larger bodies for imports, as bytes', async () => {
    expect(await request('POST', 'import', { token: await sign(), payload: Buffer.alloc(5_000_000, 10), headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject({ status: 201, body: { bytes: 5_000_000 } });
  });

  it('tells nothing of an unforeseen error but its incident id', async () => {
    const answer = await request('GET', 'bug', { token: await sign() });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal', incident: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(answer.text).not.toMatch(/secret|\.ts|at /);
  });

  it('maps what the log reports, with a time to retry where that helps', async () => {
    const token = await sign();
    const away = await request('GET', 'away', { token });
    expect(away).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { code: 'event-store-away' } });
    expect(away.text).not.toContain('10.0.0.7');
    expect(await request('GET', 'reused', { token })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('forbids guessing of content types and storing of answers', async () => {
    expect((await request('GET', 'whoami', { token: await sign() })).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });
});
