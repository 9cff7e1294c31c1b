import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import { quantile } from '../measuring/statistics.js';
import { inFlight } from './in-flight.js';

export interface Requests {
  readonly url: string;
  readonly token: string;
  /** Sent in this order, so many at a time, each over a connection that stays open. */
  readonly paths: readonly string[];
  readonly many: number;
}

export interface Timing {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** The same command to each path, each with an idempotency key of its own. @throws at an answer that is no success */
export const post = ({ body, ...requests }: Requests & { readonly body: object }): Promise<Timing> => {
  const bytes = Buffer.from(JSON.stringify(body));
  return time(requests, 'POST', () => ({ 'content-type': 'application/json', 'content-length': String(bytes.length), 'idempotency-key': randomUUID() }), bytes);
};

export const get = (requests: Requests): Promise<Timing> => time(requests, 'GET', () => ({}));

async function time({ url, token, paths, many }: Requests, method: string, headers: () => Record<string, string>, body?: Buffer): Promise<Timing> {
  const { hostname, port } = new URL(url);
  const latencies: number[] = [];
  const seconds = await inFlight(paths, many, async (path) => {
    const startedAt = performance.now();
    await answered({ hostname, port, path, method, agent, headers: { authorization: `Bearer ${token}`, ...headers() } }, body);
    latencies.push(performance.now() - startedAt);
  });
  return { perSecond: paths.length / seconds, p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95), p99Ms: quantile(latencies, 0.99) };
}

function answered(options: object, body: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    request(options, (response: IncomingMessage) => {
      const { statusCode = 0 } = response;
      if (statusCode < 300) response.resume().once('end', resolve);
      else void response.setEncoding('utf8').toArray().then((parts) => reject(new Error(`${statusCode}: ${parts.join('')}`)), reject);
    }).once('error', reject).end(body);
  });
}
