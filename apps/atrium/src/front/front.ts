import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import type { Health, HostedService } from '../host/hosted-service.js';
import { answer, answerJson, answerProblem } from './answers.js';
import { mergeOpenApi, VIEWER_PAGE, VIEWER_SCRIPT, viewerFolder } from './documentation.js';
import { isOwnHost } from './own-host.js';
import { fileFor, isPage, sendFile } from './static-files.js';

export interface FrontParts {
  readonly services: readonly HostedService[];
  readonly consoleFolder: string;
  readonly jwks: { readonly keys: readonly JWK[] };
  readiness(): Promise<Health>;
  /** Told of what nobody foresaw. */
  report(error: unknown): void;
}

type Route = (request: IncomingMessage, response: ServerResponse, path: string) => void | Promise<void>;

/** The one door: services under `/api/<name>/`, health, the built-in issuer's keys, the API's documents, and the console. */
export function createFront(parts: FrontParts): http.Server {
  const services = new Map(parts.services.map((service) => [service.name, service]));
  const pages = frontPages(parts);
  return http.createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (!isOwnHost(request.headers.host)) return answerProblem(response, 421, 'wrong-host', 'This is another machine', 'Atrium answers to localhost and 127.0.0.1 only.');
    if (!path.startsWith('/')) return answerProblem(response, 400, 'malformed-request', 'The request is not valid', 'The request names no path.');
    const [, api, name = ''] = /^\/(api)(?:\/([^/]*))?/.exec(path) ?? [];
    if (api !== undefined && (path === '/api' || path.startsWith('/api/'))) {
      const service = services.get(name);
      if (service !== undefined) return service.handle(request, response);
      return answerProblem(response, 404, 'not-found', 'There is nothing here', `There is no service at ${path.slice(0, 100)}.`);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerProblem(response, 405, 'method-not-allowed', 'This method is not possible here', 'Only GET and HEAD are.', { allow: 'GET, HEAD' });
    }
    Promise.resolve((pages[path] ?? files(parts.consoleFolder))(request, response, path)).catch((error: unknown) => {
      // A reader who goes away in the middle of a file is nobody's error.
      if (response.destroyed || request.destroyed) return;
      parts.report(error);
      if (response.headersSent) response.destroy();
      else answerProblem(response, 500, 'internal', 'Something went wrong on our side', 'The log of the host says what.');
    });
  });
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

function frontPages({ services, jwks, readiness }: FrontParts): Readonly<Record<string, Route>> {
  let documents: object | undefined;
  const viewer: Route = (_request, response) => answer(response, 200, VIEWER_PAGE, HTML);
  return {
    '/health/live': (_request, response) => answerJson(response, 200, { state: 'live' }),
    '/health/ready': async (_request, response) => {
      const health = await readiness();
      answerJson(response, health.state === 'away' ? 503 : 200, health, health.state === 'away' ? { 'retry-after': '2' } : {});
    },
    '/issuer/jwks.json': (_request, response) => answerJson(response, 200, jwks),
    '/docs': viewer,
    '/docs/': viewer,
    '/docs/start.js': (_request, response) => answer(response, 200, VIEWER_SCRIPT, SCRIPT),
    '/docs/openapi.json': (_request, response) => answerJson(response, 200, documents ??= mergeOpenApi(services)),
  };
}

const VIEWER = '/docs/viewer';

const files = (consoleFolder: string): Route => async (request, response, path) => {
  const file = path.startsWith(`${VIEWER}/`) ? fileFor(viewerFolder(), path.slice(VIEWER.length)) : fileFor(consoleFolder, path);
  if (file !== undefined) return await sendFile(request, response, file, path);
  const page = isPage(path) && !/^\/(docs|health|issuer)\//.test(path) ? fileFor(consoleFolder, '/index.html') : undefined;
  if (page !== undefined) return await sendFile(request, response, page, '/index.html');
  answerProblem(response, 404, 'not-found', 'There is nothing here', `There is nothing at ${path.slice(0, 100)}.`);
};
