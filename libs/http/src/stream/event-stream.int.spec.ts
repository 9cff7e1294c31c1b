import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { EventStream } from './event-stream.js';

let server: FastifyInstance;
let opened: Promise<EventStream>;

beforeEach(async () => {
  server = fastify();
  opened = new Promise((resolve) => {
    server.get('/', (_request, reply) => {
      reply.header('x-set-before', 'yes');
      resolve(EventStream.open(reply));
    });
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => server.close());

const connect = (): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port: (server.server.address() as AddressInfo).port, agent: false }, resolve).once('error', reject);
});

it('answers at once with what was set before, then event by event, until it is ended', async () => {
  const response = await connect();
  expect(response).toMatchObject({ statusCode: 200, headers: expect.objectContaining({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-set-before': 'yes' }) });
  const stream = await opened;
  stream.send({ event: 'a', id: '1', data: { text: 'two\nlines' } });
  stream.beat();
  stream.end();
  stream.send({ event: 'too late', data: {} });
  const chunks = await response.setEncoding('utf8').toArray() as string[];
  expect(chunks.join('')).toBe('event: a\nid: 1\ndata: {"text":"two\\nlines"}\n\n: \n\n');
});

it('says that a reader does not read, and when one does again', async () => {
  const response = await connect();
  const stream = await opened;
  const event = { event: 'e', data: { text: 'x'.repeat(64_000) } };
  while (!stream.isBusy) {
    stream.send(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const free = new Promise<void>((resolve) => stream.whenFree(resolve));
  response.resume();
  await free;
  expect(stream.isBusy).toBe(false);
  response.destroy();
});

it('notices that the reader has gone', async () => {
  const response = await connect();
  const stream = await opened;
  response.destroy();
  await new Promise<void>((resolve) => stream.ended.addEventListener('abort', () => resolve()));
  stream.send({ event: 'to nobody', data: {} });
  stream.end();
});
