import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '../problem/problem.js';

/**
 * How long a server of HTTP waits for a request, in milliseconds, as options of `http.createServer`: connections that
 * send a byte now and then must not pile up. The whole of a request has two minutes, enough for 16 MiB at 1.2 Mbit/s;
 * its headers have fifteen seconds.
 */
export const SERVER_PATIENCE = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 } as const;

/** Milliseconds after which a connection on which nothing moves is given up: an answer that nobody reads is held no longer. */
export const IDLE_MS = 300_000;

/** What Node keeps at a connection while it answers, and looks at itself where nobody listens for `clientError`. */
interface Answering {
  readonly _httpMessage?: { readonly headersSent: boolean } | null;
}

/**
 * Answers on a connection whose request cannot be read, or did not arrive in time, and ends it: for a server's event
 * `clientError`. Where another answer is under way, a second one would become part of it, so that there the end is all.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex & Answering): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent === true) {
    socket.destroy();
    return;
  }
  const { details } = problemOf(error.code);
  const body = JSON.stringify(details);
  const head = [
    `HTTP/1.1 ${details.status} ${STATUS_CODES[details.status]}`, 'content-type: application/problem+json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store', 'x-content-type-options: nosniff', 'x-frame-options: DENY', 'referrer-policy: no-referrer', "content-security-policy: default-src 'none'; frame-ancestors 'none'", 'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT': return new Problem(408, 'request-timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW': return new Problem(431, 'headers-too-long', 'The address and the headers are longer than 16 KiB.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': return new Problem(413, 'too-large', 'The extensions of the chunks are too long.');
    default: return new Problem(400, 'malformed-request', 'This is no request of HTTP/1.1.');
  }
}
