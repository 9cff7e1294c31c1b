import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import { answerUnreadable, IDLE_MS, secureData, SERVER_PATIENCE } from '@atrium/http';
import type { Health, HostedService } from '../host/hosted-service.js';
import type { ConsoleSettings } from './console-settings.js';
import { answer, answerJson, answerProblem } from './answers.js';
import { mergeOpenApi, VIEWER_PAGE, VIEWER_SCRIPT, viewerFolder } from './documentation.js';
import { isOwnHost } from './own-host.js';
import { securePage } from './security-headers.js';
import { fileFor, isPage, sendFile } from './static-files.js';

export interface FrontParts {
  readonly services: readonly HostedService[];
  readonly consoleFolder: string;
  /** Of the built-in issuer, where it is on. */
  readonly jwks?: { readonly keys: readonly JWK[] };
  readonly consoleSettings: ConsoleSettings;
  /** Origins beside our own that the console talks to: an issuer of tokens. */
  readonly connectTo?: readonly string[];
  readiness(): Promise<Health>;
  /** Told of what nobody foresaw. */
  report(error: unknown): void;
}

type Route = (request: IncomingMessage, response: ServerResponse, path: string) => void | Promise<void>;

/** The one door: services under `/api/<name>/`, health, the built-in issuer's keys, the API's documents, and the console. */
export function createFront(parts: FrontParts): http.Server {
  const services = new Map(parts.services.map((service) => [service.name, service]));
  const pages = frontPages(parts);
  const sendFiles = files(parts);
  const server = http.createServer(SERVER_PATIENCE, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const isMeant = isOwnHost(request.headers.host);
    const service = isMeant ? services.get(serviceNameIn(path)) : undefined;
    // It has headers, methods and refusals of its own.
    if (service !== undefined) return service.handle(request, response);
    secureData(request, response);
    if (!isMeant) return answerProblem(response, 421, 'wrong-host', 'This is another machine', 'Atrium answers to localhost and 127.0.0.1 only.');
    if (!path.startsWith('/')) return answerProblem(response, 400, 'malformed-request', 'The request is not valid', 'The request names no path.');
    if (path === '/api' || path.startsWith('/api/')) return answerProblem(response, 404, 'not-found', 'There is nothing here', 'There is no service at this address.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerProblem(response, 405, 'method-not-allowed', 'This method is not possible here', 'Only GET and HEAD are.', { allow: 'GET, HEAD' });
    }
    Promise.resolve((pages[path] ?? sendFiles)(request, response, path)).catch((error: unknown) => {
      // A reader who goes away in the middle of a file is nobody's error.
      if (response.destroyed || request.destroyed) return;
      parts.report(error);
      if (response.headersSent) response.destroy();
      else answerProblem(response, 500, 'internal', 'Something went wrong on our side', 'The log of the host says what.');
    });
  });
  return server.setTimeout(IDLE_MS).on('clientError', answerUnreadable);
}

/** `tickets` of `/api/tickets/x`, as it was written: an encoded name is no service's. */
const serviceNameIn = (path: string): string => /^\/api\/([^/]+)/.exec(path)?.[1] ?? '';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

function frontPages({ services, jwks, consoleSettings, readiness }: FrontParts): Readonly<Record<string, Route>> {
  let documents: object | undefined;
  const viewer: Route = (request, response) => {
    secureViewer(request, response);
    answer(response, 200, VIEWER_PAGE, HTML);
  };
  return {
    '/health/live': (_request, response) => answerJson(response, 200, { state: 'live' }),
    '/health/ready': async (_request, response) => {
      const health = await readiness();
      answerJson(response, health.state === 'away' ? 503 : 200, health, health.state === 'away' ? { 'retry-after': '2' } : {});
    },
    ...(jwks === undefined ? {} : { '/issuer/jwks.json': (_request: IncomingMessage, response: ServerResponse) => answerJson(response, 200, jwks) }),
    '/console/settings.json': (_request, response) => answerJson(response, 200, consoleSettings),
    '/docs': viewer,
    '/docs/': viewer,
    '/docs/start.js': (_request, response) => answer(response, 200, VIEWER_SCRIPT, SCRIPT),
    '/docs/openapi.json': (_request, response) => answerJson(response, 200, documents ??= mergeOpenApi(services)),
  };
}

const VIEWER = '/docs/viewer';
const secureViewer = securePage([]);

function files({ consoleFolder, connectTo = [] }: FrontParts): Route {
  const secureConsole = securePage(connectTo);
  return async (request, response, path) => {
    const isOfViewer = path.startsWith(`${VIEWER}/`);
    const file = isOfViewer ? fileFor(viewerFolder(), path.slice(VIEWER.length)) : fileFor(consoleFolder, path);
    const page = file === undefined && isPage(path) && !/^\/(docs|health|issuer)\//.test(path) ? fileFor(consoleFolder, '/index.html') : undefined;
    const found = file ?? page;
    if (found === undefined) return answerProblem(response, 404, 'not-found', 'There is nothing here', 'There is nothing at this address.');
    (isOfViewer ? secureViewer : secureConsole)(request, response);
    await sendFile(request, response, found, page === undefined ? path : '/index.html');
  };
}
