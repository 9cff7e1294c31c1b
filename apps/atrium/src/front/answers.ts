import type { ServerResponse } from 'node:http';

export type Headers = Readonly<Record<string, string>>;

export function answer(response: ServerResponse, status: number, body: string, headers: Headers): void {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-length': Buffer.byteLength(body), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

export const answerJson = (response: ServerResponse, status: number, value: unknown, headers: Headers = {}): void =>
  answer(response, status, JSON.stringify(value), { 'content-type': 'application/json; charset=utf-8', ...headers });

/** RFC 9457, in the shape that the services answer too. */
export function answerProblem(response: ServerResponse, status: number, code: string, title: string, detail: string, headers: Headers = {}): void {
  const body = JSON.stringify({ type: `urn:atrium:problem:${code}`, title, status, code, detail });
  answer(response, status, body, { 'content-type': 'application/problem+json; charset=utf-8', ...headers });
}
