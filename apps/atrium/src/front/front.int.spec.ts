import fs from 'node:fs';
import http from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Health } from '../host/hosted-service.js';
import { createFront } from './front.js';

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const consoleFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-console-'));
const secret = path.join(path.dirname(consoleFolder), `${path.basename(consoleFolder)}-secret.txt`);
const reported: unknown[] = [];
let health: Health = { state: 'ready', reasons: [] };

const front = createFront({
  consoleFolder,
  consoleSettings: { issuer: 'built-in' },
  jwks: { keys: [{ kty: 'EC', kid: 'one' }] },
  connectTo: ['https://issuer.example'],
  readiness: async () => health,
  report: (error) => reported.push(error),
  services: [{
    name: 'tickets', health: async () => health, openApi: () => ({ paths: { '/api/tickets/x': {} } }), endStreams: () => undefined, close: async () => undefined,
    handle: (request, response) => response.end(`tickets: ${request.method} ${request.url}`),
  }],
});

/** Sends the path as it is: fetch would tidy it up first. */
function ask(requestPath: string, { method = 'GET', headers = {} }: { method?: string; headers?: http.OutgoingHttpHeaders } = {}): Promise<Answer> {
  const { port } = front.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    http.request({ port, host: '127.0.0.1', method, path: requestPath, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).once('error', reject).end();
  });
}

const OF_ALL = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' };

const policyOf = (headers: http.IncomingHttpHeaders): Record<string, string[]> =>
  Object.fromEntries((headers['content-security-policy'] as string).split(';').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));

beforeAll(async () => {
  fs.mkdirSync(path.join(consoleFolder, 'assets'));
  fs.writeFileSync(path.join(consoleFolder, 'index.html'), '<!doctype html>the console');
  fs.writeFileSync(path.join(consoleFolder, 'favicon.svg'), '<svg/>');
  fs.writeFileSync(path.join(consoleFolder, '.hidden'), 'hidden');
  fs.writeFileSync(path.join(consoleFolder, 'assets/index-BxK3_a9Q.js'), 'run()');
  fs.writeFileSync(secret, 'secret');
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => front.close(resolve));
  fs.rmSync(consoleFolder, { recursive: true });
  fs.rmSync(secret);
  expect(reported).toEqual([]);
});

describe('the console', () => {
  it.each(['/', '/cases', '/cases/0a1b?tab=timeline', '/system', '/apiary'])('is the page at %s', async (address) => {
    const { status, headers, body } = await ask(address);
    expect({ status, type: headers['content-type'], cache: headers['cache-control'], body }).toEqual({
      status: 200, type: 'text/html; charset=utf-8', cache: 'no-cache', body: '<!doctype html>the console',
    });
  });

  it('has files that may be kept for ever, and others that are asked for again', async () => {
    const script = await ask('/assets/index-BxK3_a9Q.js');
    expect({ body: script.body, type: script.headers['content-type'], cache: script.headers['cache-control'] }).toEqual({
      body: 'run()', type: 'text/javascript; charset=utf-8', cache: 'public, max-age=31536000, immutable',
    });
    const icon = await ask('/favicon.svg');
    expect({ type: icon.headers['content-type'], cache: icon.headers['cache-control'] }).toEqual({ type: 'image/svg+xml', cache: 'no-cache' });
    expect(await ask('/favicon.svg', { headers: { 'if-none-match': icon.headers.etag } })).toMatchObject({ status: 304, body: '' });
    expect(await ask('/favicon.svg', { method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-length': '6' } });
  });

  it.each(['/', '/cases/1', '/favicon.svg', '/docs', '/docs/viewer/swagger-ui-bundle.js'])('lets a page run its own scripts only, and nobody frame it: %s', async (address) => {
    const { headers } = await ask(address);
    expect(policyOf(headers)).toEqual({
      'default-src': ["'none'"], 'script-src': ["'self'"], 'style-src-elem': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:'], 'font-src': ["'self'"],
      'connect-src': address.startsWith('/docs') ? ["'self'"] : ["'self'", 'https://issuer.example'],
      'manifest-src': ["'self'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"],
    });
    expect(headers).toMatchObject({ ...OF_ALL, 'permissions-policy': expect.stringContaining('camera=()') });
  });

  it.each([
    ['/health/live', 'GET'], ['/docs/openapi.json', 'GET'], ['/issuer/jwks.json', 'GET'], ['/assets/gone-12345678.js', 'GET'], ['/api', 'GET'], ['/', 'PUT'],
  ])('lets nobody make a page of what is data: %s %s', async (address, method) => {
    const { headers } = await ask(address, { method });
    expect(policyOf(headers)).toEqual({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] });
    expect(headers).toMatchObject({ ...OF_ALL, 'cache-control': 'no-store' });
  });

  it.each([
    ['up', (name: string) => `/../${name}`], ['encoded', (name: string) => `/..%2f${name}`], ['doubly encoded', (name: string) => `/%2e%2e/${name}`],
    ['below a folder', (name: string) => `/assets/../../${name}`], ['with backslashes', (name: string) => `/..%5c${name}`], ['below the documents', (name: string) => `/docs/viewer/../../../../..${path.dirname(secret)}/${name}`],
    ['with a zero byte', (name: string) => `/${name}%00.js`], ['broken encoding', () => '/%e0%a4.txt'], ['hidden', () => '/.hidden'], ['below a file', () => '/favicon.svg/x.svg'], ['a name longer than any', () => `/${'x'.repeat(300)}.js`], ['a path longer than any', () => `/${'x/'.repeat(4_000)}y.js`], ['a missing file', () => '/assets/gone-12345678.js'],
  ])('does not answer with what lies elsewhere: %s', async (_how, address) => {
    const { status, body } = await ask(address(path.basename(secret)));
    expect({ status, body: body.includes('secret') && !body.includes('secret.txt') }).toEqual({ status: 404, body: false });
  });
});

describe('the other doors', () => {
  it('hands everything below a service\'s name to the service', async () => {
    expect((await ask('/api/tickets/complaints?x=1', { method: 'POST' })).body).toBe('tickets: POST /api/tickets/complaints?x=1');
    expect((await ask('/api/tickets')).body).toBe('tickets: GET /api/tickets');
  });

  it.each(['/api', '/api/', '/api/nobody', '/api/nobody/x', '/api/toString/x', '/docs/nothing', '/health/', '/issuer/key.json'])('has nothing at %s, and says so as a problem', async (address) => {
    const { status, headers, body } = await ask(address);
    expect({ status, type: headers['content-type'], code: (JSON.parse(body) as { code: string }).code }).toEqual({ status: 404, type: 'application/problem+json; charset=utf-8', code: 'not-found' });
  });

  it('answers to its own name only', async () => {
    expect(await ask('/', { headers: { host: 'rebound.example' } })).toMatchObject({ status: 421 });
    expect(await ask('/api/tickets/x', { headers: { host: 'rebound.example:3000' } })).toMatchObject({ status: 421 });
  });

  it.each([
    ['no HTTP at all', 'HELO mall\r\n\r\n', 400], ['a header of 20 KB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers what cannot be read as a problem: %s', async (_what, bytes, status) => {
    const answered = await text(connect((front.address() as AddressInfo).port, '127.0.0.1').end(bytes));
    expect(answered).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem.json`, 's'));
  });

  it('waits for nobody for ever', () => {
    expect({ requestTimeout: front.requestTimeout, headersTimeout: front.headersTimeout, timeout: front.timeout }).toEqual({ requestTimeout: 120_000, headersTimeout: 15_000, timeout: 300_000 });
  });

  it('takes no other method where there is no service', async () => {
    expect(await ask('/health/live', { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('is not ready without a service that is needed, and degraded is ready', async () => {
    health = { state: 'degraded', reasons: ['tickets: views stand still'] };
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: JSON.stringify(health) });
    health = { state: 'away', reasons: ['tickets: no log'] };
    expect(await ask('/health/ready')).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: JSON.stringify(health) });
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
  });

  it('shows the documents of all services with a viewer of its own', async () => {
    expect(JSON.parse((await ask('/docs/openapi.json')).body)).toMatchObject({ paths: { '/api/tickets/x': {} } });
    const page = await ask('/docs');
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source as string);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect({ source, status: (await ask(source)).status }).toEqual({ source, status: 200 });
  });
});
