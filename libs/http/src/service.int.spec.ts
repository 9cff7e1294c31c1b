import { createServer, request as openRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { EventStoreUnavailable, KeyReused } from '@atrium/event-store';
import { CurrentActor, createService, createVerifier, Public, Roles, TakesNdjson } from './index.js';

@Controller()
class EdgeController {
  @Get('open') @Public() open() { return { ok: true }; }
  @Get('nobody') nobody() { return {}; }
  @Get('whoami') @Roles('agent') whoami(@CurrentActor() actor: object) { return actor; }
  @Post('echo') @Roles('agent') echo(@Body() body: object) { return body; }
  @Post('import') @Roles('agent') @TakesNdjson() import(@Body() body: Buffer) { return { bytes: body.length }; }
  @Get('things/:id') @Roles('agent') thing(@Param('id') id: string) { return { id }; }
  @Post('things/:id/close') @Roles('agent') close() { return {}; }
  @Get('bug') @Roles('agent') bug() { throw new Error('secret of the house'); }
  @Get('refused') @Roles('agent') refused() {
    throw Object.assign(new Error('value too long: 王小明'), { severity: 'ERROR', code: '22001', table: 'people_v1', detail: '王小明', cause: new RangeError('王小明') });
  }
  @Get('away') @Roles('agent') away() { throw new EventStoreUnavailable(new Error('ECONNREFUSED 10.0.0.7')); }
  @Get('reused') @Roles('agent') reused() { throw new KeyReused(); }
}

@Module({ controllers: [EdgeController] })
class EdgeModule {}

const limits = { ATRIUM_RATE_LIMIT: 0, ATRIUM_RATE_LIMIT_INTEGRATION: 0, ATRIUM_RATE_LIMIT_UNKNOWN: 0, ATRIUM_TRUSTED_PROXIES: 0 };

describe('the edge of a service', () => {
  let app: NestFastifyApplication;
  let issuer: Server;
  const logged: string[] = [];
  let key: CryptoKey;
  const published: object[] = [];

  const sign = (claims: JWTPayload = {}, { expires = '1h', audience = 'atrium', issuedBy = 'test', kid = 'one', sub = 'ann', with: signer = key } = {}) =>
    new SignJWT({ role: 'agent', ...claims }).setProtectedHeader({ alg: 'ES256', kid }).setSubject(sub).setIssuer(issuedBy).setAudience(audience).setExpirationTime(expires).sign(signer);

  const request = async (method: 'GET' | 'POST' | 'DELETE', path: string, { token, payload, headers = {} }: { token?: string; payload?: string | Buffer; headers?: Record<string, string> } = {}) => {
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
    app = await createService({ name: 'edge', module: EdgeModule, verify: createVerifier({ jwksUrl, issuer: 'test', audience: 'atrium', roles: ['agent', 'auditor', 'integration', 'system'] }), limits });
    const keep = (line: unknown): void => { logged.push(String(line)); };
    app.useLogger({ log: () => undefined, warn: keep, error: keep, fatal: keep });
    await app.listen(0, '127.0.0.1');
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

  it('lets no token speak for the system', async () => {
    expect(await request('GET', 'whoami', { token: await sign({ role: 'system' }) })).toMatchObject({ status: 403, body: { code: 'role-unknown' } });
  });

  it.each(['', 'a\0b', 'a\nb', 'a\u0085b', 'a\ud800', '\udc00a', 'x'.repeat(201)])('refuses the subject %j, which cannot be stored or read', async (sub) => {
    expect(await request('GET', 'whoami', { token: await sign({}, { sub }) })).toMatchObject({ status: 401, body: { code: 'token-invalid' } });
  });

  it('takes a subject in any script', async () => {
    expect(await request('GET', 'whoami', { token: await sign({}, { sub: '王小明 😀' }) })).toMatchObject({ status: 200, body: { id: '王小明 😀' } });
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

  it('takes larger bodies where a route takes lines of JSON, as bytes, and nowhere else', async () => {
    const token = await sign();
    const ndjson = { 'content-type': 'application/x-ndjson' };
    expect(await request('POST', 'import', { token, payload: Buffer.alloc(5_000_000, 10), headers: ndjson })).toMatchObject({ status: 201, body: { bytes: 5_000_000 } });
    expect(await request('POST', 'import', { token, payload: Buffer.alloc(16 * 1024 * 1024 + 1, 10), headers: ndjson })).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await request('POST', 'import', { token, payload: '{}', headers: json })).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    expect(await request('POST', 'echo', { token, payload: '{}', headers: ndjson })).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    expect(await request('POST', 'echo', { token, payload: JSON.stringify({ a: 'x'.repeat(256 * 1024) }), headers: json })).toMatchObject({ status: 413 });
  });

  it.each([
    'application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-16', 'application/json;charset="latin1"', 'application/merge-patch+json', 'application/jsonx', 'json',
  ])('takes no body as %s', async (type) => {
    expect(await request('POST', 'echo', { token: await sign(), payload: '{"a":1}', headers: { 'content-type': type } })).toMatchObject({ status: 415, type: 'application/problem+json; charset=utf-8', body: { code: 'unsupported-media-type' } });
  });

  it.each(['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"', 'application/json; v=1'])('takes JSON as %s', async (type) => {
    expect(await request('POST', 'echo', { token: await sign(), payload: '{"a":"王"}', headers: { 'content-type': type } })).toMatchObject({ status: 201, body: { a: '王' } });
  });

  it('refuses JSON that is not UTF-8, where decoding would put U+FFFD', async () => {
    const payload = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe7, 0x8e]), Buffer.from('"}')]);
    expect(await request('POST', 'echo', { token: await sign(), payload, headers: json })).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
  });

  it.each([['import', undefined, 401], ['echo', undefined, 401], ['nowhere', undefined, 404], ['whoami', undefined, 405], ['import', 'auditor', 403], ['echo', 'agent', 415]])(
    'answers whom it does not take a body from before it reads one: %s as %s', async (path, role, expected) => {
      const { port } = app.getHttpServer().address() as AddressInfo;
      const headers = { 'content-type': 'application/x-ndjson', 'content-length': 16 * 1024 * 1024, ...(role === undefined ? {} : { authorization: `Bearer ${await sign({ role })}` }) };
      const status = await new Promise((resolve, reject) => {
        const upload = openRequest({ port, host: '127.0.0.1', method: 'POST', path: `/api/edge/${path}`, headers }, (response) => {
          resolve(response.statusCode);
          upload.destroy();
        });
        upload.once('error', reject);
        upload.write('{}\n');
      });
      expect(status).toBe(expected);
    });

  it.each([
    ['no HTTP at all', 'HELO mall\r\n\r\n', 400, 'malformed-request'],
    ['two lengths', 'POST /api/edge/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n', 400, 'malformed-request'],
    ['a header of 20 KB', `GET /api/edge/open HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-long'],
  ])('answers what cannot be read as a problem, and ends the connection: %s', async (_what, bytes, status, code) => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1').end(bytes);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head.toLowerCase()).toMatch(new RegExp(`^http/1.1 ${status} .*content-type: application/problem\\+json.*connection: close`, 's'));
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  it('waits for nobody for ever', () => {
    const { requestTimeout, headersTimeout, timeout } = app.getHttpServer() as Server;
    expect({ requestTimeout, headersTimeout, timeout }).toEqual({ requestTimeout: 120_000, headersTimeout: 15_000, timeout: 300_000 });
  });

  it('says which methods there are where the one used is not', async () => {
    expect(await request('DELETE', 'echo', { token: await sign() })).toMatchObject({ status: 405, headers: { allow: 'POST' }, type: 'application/problem+json; charset=utf-8', body: { code: 'method-not-allowed' } });
    expect(await request('POST', 'things/7?x=1', { headers: json, payload: '{}' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(await request('GET', 'things/7/close', { token: await sign() })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await request('GET', 'things//close', { token: await sign() })).toMatchObject({ status: 404 });
    expect(await request('GET', 'things/7/close/now', { token: await sign() })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([['%ff', 400, 'malformed-address'], ['%', 400, 'malformed-address'], ['secret'.repeat(40), 414, 'uri-too-long']])('answers an address that cannot be read as a problem, and does not repeat it: %s', async (id, status, code) => {
    const answer = await request('GET', `things/${id}`, { token: await sign() });
    expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8', body: { code }, headers: { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } });
    expect(answer.text).not.toMatch(/%|secret|things/);
  });

  it('tells nothing of an unforeseen error but its incident id', async () => {
    const answer = await request('GET', 'bug', { token: await sign() });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal', incident: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(answer.text).not.toMatch(/secret|\.ts|at /);
  });

  it('logs an unforeseen error under its incident id: where it came from, and not its message, which may quote values', async () => {
    const { body } = await request('GET', 'refused', { token: await sign() });
    const entry = logged.find((line) => line.includes(String(body?.incident)));
    expect(entry).toMatch(/at GET \/api\/edge\/refused: PostgreSQL refused with 22001 at people_v1\n +at .*service\.int\.spec/);
    expect(entry).toMatch(/caused by RangeError at service\.int\.spec/);
    expect(logged.join('\n')).not.toContain('王小明');
  });

  it('maps what the log reports, with a time to retry where that helps', async () => {
    const token = await sign();
    const away = await request('GET', 'away', { token });
    expect(away).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { code: 'event-store-away' } });
    expect(away.text).not.toContain('10.0.0.7');
    expect(await request('GET', 'reused', { token })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it.each([['an answer', 'whoami'], ['a refusal', 'nobody'], ['nothing there', 'nowhere'], ['an address that cannot be read', 'things/%ff']])('makes no page of what is data: %s', async (_what, path) => {
    const { headers } = await request('GET', path, { token: await sign() });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(server|x-powered-by|strict-transport-security)$/)]));
  });
});
