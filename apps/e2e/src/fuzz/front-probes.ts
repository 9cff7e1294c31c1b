import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { seededRandom } from '../kill-import/seeded-random.js';

const REQUESTS = 2_000;
const AT_ONCE = 8;
const PATIENCE_MS = 20_000;

const STEPS = [
  '', '.', '..', '...', '%2e', '%2e%2e', '.%2e', '%252e%252e', '%2f', '%5c', '\\', '%00', '%0d%0aX: y', '%c0%af', '%ff', '%', '%zz', '%e0%a4', ';', '..;', '*', '~', '.git', '.env', '.atrium', 'etc', 'passwd', 'proc', 'self', 'environ',
  'api', 'API', 'api%2ftickets', 'tickets', 'complaints', 'me', 'docs', 'viewer', 'openapi.json', 'package.json', 'swagger-ui.css', 'health', 'live', 'ready', 'issuer', 'jwks.json', 'key.json', 'console', 'settings.json', 'assets', 'index.html', 'favicon.svg', 'cases', 'system',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '王', '%E7%8E%8B', '%F0%9F%98%80', '%E2%80%AE', "' OR 1=1 --", '<script>', '%3Cscript%3E', '${7*7}', 'x'.repeat(300), 'y'.repeat(5_000),
].map((step) => step.replaceAll(/[^\u0021-\u00ff]/g, encodeURIComponent));
const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'];
const HEADERS: readonly http.OutgoingHttpHeaders[] = [
  {}, {}, {}, { host: 'rebound.example' }, { host: '' }, { host: '127.0.0.1:3000@rebound.example' }, { range: 'bytes=0-,0-,0-,0-' }, { range: 'bytes=-1' }, { 'if-none-match': '"x", W/"y", *' }, { 'if-modified-since': 'never' }, { expect: 'nothing' },
  { 'accept-encoding': 'gzip;q=x' }, { upgrade: 'websocket', connection: 'upgrade' }, { upgrade: 'h2c', connection: 'upgrade, http2-settings' }, { 'x-forwarded-host': 'rebound.example' }, { 'x-original-url': '/issuer/key.json' }, { origin: 'null' }, { cookie: 'x'.repeat(4_000) }, { authorization: 'Bearer x' },
];

/** Bytes that are no proper requests. */
const RAW = [
  '\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.0\r\n\r\n', 'GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET /\u0080 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'HEAD /\u0080 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example\r\n\r\n', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n',
  'GET http://rebound.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /issuer/key.json HTTP/1.1\r\n\r\n', 'POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n\r\n',
  'POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n', 'POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n', 'POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n',
  `POST /api/tickets/complaints HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\na\r\n0\r\n\r\n`, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, `GET / HTTP/1.1\r\nHost: localhost\r\n${'a: b\r\n'.repeat(3_000)}\r\n`, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];

const INTERNALS = /\bat \S.{0,200}:\d+:\d+\)|node_modules|file:\/\/|root:x:0|ECONN|ENOENT|ENAMETOOLONG|TypeError|"d":"|PRIVATE KEY/;
const OF_ALL = ['x-content-type-options', 'content-security-policy', 'referrer-policy', 'x-frame-options'];

/** Odd paths, methods, headers and bytes, the same for the same seed. `faults` are in words. */
export async function probeFront(url: string, seed: number): Promise<{ sent: number; faults: string[] }> {
  const random = seededRandom(seed);
  const any = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const requests = Array.from({ length: REQUESTS }, () => ({
    method: any(METHODS), headers: any(HEADERS), path: `/${Array.from({ length: 1 + Math.floor(random() * 5) }, () => any(STEPS)).join('/')}${any(['', '', '?', '?x=%00', '?__proto__=1', '#x', '//'])}`.replaceAll(' ', '%20'),
  }));
  const faults: string[] = [];
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  await Promise.all(Array.from({ length: AT_ONCE }, async (_, worker) => {
    for (let index = worker; index < requests.length; index += AT_ONCE) faults.push(...await probe(url, agent, requests[index] as typeof requests[number]));
  }));
  agent.destroy();
  for (const bytes of RAW) faults.push(...await probeRaw(url, bytes));
  return { sent: requests.length + RAW.length, faults };
}

async function probe(url: string, agent: http.Agent, { method, path, headers }: { method: string; path: string; headers: http.OutgoingHttpHeaders }): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const name = `${method} ${path.slice(0, 200)} with ${JSON.stringify(headers).slice(0, 100)}`;
  return new Promise((resolve) => {
    const sending = http.request({ hostname, port, agent, method, path, headers: { host: `${hostname}:${port}`, ...headers }, timeout: PATIENCE_MS }, (answer) => {
      text(answer).then((body) => resolve(faultsOf(name, answer, body)), (error: Error) => resolve([`${name}: the answer broke off: ${error.message}`]));
    });
    sending.once('timeout', () => sending.destroy(new Error('no answer'))).once('error', (error) => resolve([`${name}: ${error.message}`])).end();
  });
}

function faultsOf(name: string, { statusCode = 0, headers }: http.IncomingMessage, body: string): string[] {
  // The parser answers these by itself, without a body.
  if (statusCode === 417) return [];
  return [
    ...(statusCode >= 500 ? [`${name}: ${statusCode} ${body.slice(0, 200)}`] : []),
    ...(statusCode >= 400 && !String(headers['content-type']).startsWith('application/problem+json') ? [`${name}: ${statusCode} as ${headers['content-type']}`] : []),
    ...(statusCode >= 300 && statusCode < 400 && statusCode !== 304 ? [`${name}: leads to ${headers.location}`] : []),
    ...OF_ALL.filter((header) => headers[header] === undefined).map((header) => `${name}: ${statusCode} without ${header}`),
    ...(INTERNALS.test(body) && !String(headers['content-type']).startsWith('text/javascript') ? [`${name}: tells of internals: ${INTERNALS.exec(body)?.[0]}`] : []),
  ];
}

/** Whatever is said, it ends, and it is no error of ours. */
async function probeRaw(url: string, bytes: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname).setTimeout(PATIENCE_MS);
  socket.once('timeout', () => socket.destroy(new Error('no end')));
  socket.end(Buffer.from(bytes, 'latin1'));
  const name = JSON.stringify(bytes.slice(0, 80));
  try {
    const answer = await text(socket);
    return [...(/^HTTP\/1\.1 5/.test(answer) ? [`${name}: ${answer.slice(0, 100)}`] : []), ...(INTERNALS.test(answer) ? [`${name} tells of internals`] : [])];
  } catch (error) {
    // A reset is an end, too.
    return (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? [] : [`${name}: ${(error as Error).message}`];
  }
}
