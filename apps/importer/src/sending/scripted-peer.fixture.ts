import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeToken } from '@atrium/kernel';
import type { Endpoint } from '../system/endpoint.js';

/** What a spec wants the peer to do with one request. */
export type Turn = (request: Asked, response: ServerResponse, peer: ScriptedPeer) => void | Promise<void>;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The parsed lines of an NDJSON body. */
  readonly rows: readonly { readonly key: string }[];
}

/**
 * A network peer that speaks the import route as the specs script it: turns are used up in order, then every request
 * is answered properly. It remembers the keys it stored, as the system does.
 */
export class ScriptedPeer implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly stored = new Map<string, bigint>();
  /** Requests that were open at once, at most. */
  mostOpen = 0;
  #open = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(readonly turns: Turn[], readonly otherwise: Turn) {}

  static async start(turns: Turn[] = [], otherwise: Turn = takeAll): Promise<ScriptedPeer> {
    const peer = new ScriptedPeer(turns, otherwise);
    await new Promise<void>((resolve) => peer.#server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get endpoint(): Endpoint {
    return { url: () => Promise.resolve(this.url), token: 'spec-token' };
  }

  /** Stores a row; false when it was there. */
  store(key: string): boolean {
    if (this.stored.has(key)) return false;
    this.stored.set(key, BigInt(100 + this.stored.size));
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
    response.once('close', () => (this.#open -= 1));
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const rows = body.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { key: string });
    const asked: Asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, rows };
    this.asked.push(asked);
    await (this.turns.shift() ?? this.otherwise)(asked, response, this);
  }
}

export const resultLine = (peer: ScriptedPeer, key: string, row: number): string => {
  const outcome = peer.store(key) ? 'accepted' : 'repeated';
  return `${JSON.stringify({ key, row, outcome, id: `id-${key}`, position: String(peer.stored.get(key)) })}\n`;
};

export const endLine = (peer: ScriptedPeer, keys: readonly string[]): string => {
  const position = keys.map((key) => peer.stored.get(key) ?? 0n).reduce((high, next) => (next > high ? next : high), 0n);
  return `${JSON.stringify({ end: true, accepted: 0, repeated: 0, refused: 0, position: encodeToken({ source: 'tickets', position }) })}\n`;
};

/** Stores every row and answers for each. */
export const takeAll: Turn = ({ rows }, response, peer) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  rows.forEach(({ key }, row) => response.write(resultLine(peer, key, row)));
  response.end(endLine(peer, rows.map(({ key }) => key)));
};

/** Stores every row, answers for some, and cuts the connection. */
export const cutAfter = (answers: number): Turn => ({ rows }, response, peer) => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const lines = rows.map(({ key }, row) => resultLine(peer, key, row));
  response.write(lines.slice(0, answers).join(''), () => response.destroy());
};

/** Takes the request and closes the connection without a byte. */
export const hangUp: Turn = (_asked, response) => {
  response.destroy();
};

export const refuse = (status: number, headers: Record<string, string> = {}, problem: object = {}): Turn => (_asked, response) => {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  response.end(JSON.stringify(problem));
};
