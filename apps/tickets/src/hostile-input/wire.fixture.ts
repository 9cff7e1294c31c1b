import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { Sent } from './case.fixture.js';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty for an answer that goes on. */
  readonly text: string;
}

/** Sends bytes as they are: fetch would tidy them up first. */
export function openWire(port: number, connections: number): { send(sent: Sent): Promise<Received>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    close: () => agent.destroy(),
    send: ({ method, address, headers, body }) => new Promise((resolve, reject) => {
      const sized = body === undefined || 'transfer-encoding' in headers ? headers : { 'content-length': String(Buffer.byteLength(body)), ...headers };
      const sending = request({ host: '127.0.0.1', port, agent, method, path: address, headers: sized as OutgoingHttpHeaders }, (answer) => {
        const answered = (text: string): void => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        if (answer.headers['content-type']?.startsWith('text/event-stream') === true) {
          answer.destroy();
          return answered('');
        }
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => answered(Buffer.concat(chunks).toString('utf8'))).once('error', reject);
      });
      sending.once('error', reject).end(body);
    }),
  };
}

/** Runs tasks a few at a time, and keeps the order of what they answer. */
export async function inParallel<Item, Result>(items: readonly Item[], atOnce: number, task: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = new Array<Result>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await task(items[index] as Item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
