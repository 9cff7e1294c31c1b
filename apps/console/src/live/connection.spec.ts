import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createConnection } from './connection.js';
import type { LiveConnection } from './connection.js';

/** One answer of the service, under the spec's control. */
class Stream {
  readonly body: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor(readonly signal: AbortSignal) {
    this.body = new ReadableStream({ start: (controller) => { this.#controller = controller; } });
    signal.addEventListener('abort', () => { if (!this.isOver) this.#controller.error(new Error('aborted')); });
  }

  isOver = false;
  say(event: string, data: object): void { this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`); }
  write(text: string): void { this.#controller.enqueue(new TextEncoder().encode(text)); }
  close(): void { this.isOver = true; this.#controller.close(); }
}

let streams: Stream[];
let answer: (signal: AbortSignal) => Response;
let online: boolean;
let visible: boolean;
let told: unknown[];
let connection: LiveConnection;
let stop: () => void;

const settle = (ms = 0) => jest.advanceTimersByTimeAsync(ms);
const last = (): Stream => streams.at(-1) as Stream;

beforeEach(() => {
  jest.useFakeTimers();
  streams = [];
  told = [];
  online = visible = true;
  answer = (signal) => {
    const stream = new Stream(signal);
    streams.push(stream);
    return new Response(stream.body);
  };
  connection = createConnection({
    open: async (signal) => answer(signal),
    isOnline: () => online,
    isVisible: () => visible,
    began: (position) => told.push(`began ${position}`),
    changed: ({ ids, position }) => told.push(`${ids.join()} ${position}`),
    refused: (why) => told.push(why),
  });
  stop = connection.start();
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

const begin = async (position = 'p0') => {
  await settle();
  last().say('position', { position });
  await settle();
};

describe('the live connection', () => {
  it('is live once the service says where it begins, and passes on what changes, whole or in pieces', async () => {
    await settle();
    expect(connection.get()).toBe('connecting');
    await begin();
    expect(connection.get()).toBe('live');
    last().say('changed', { ids: ['a', 'b'], more: false, position: 'p1' });
    last().write(': \n\nevent: changed\nda');
    await settle();
    last().write('ta: {"ids":["c"],"more":false,"position":"p2"}\n\nevent: of a newer service\ndata: {}\n\n');
    await settle();
    expect(told).toEqual(['began p0', 'a,b p1', 'c p2']);
  });

  it('comes back by itself, later from time to time, and at once where the service asks for it', async () => {
    await begin();
    last().say('end', { code: 'renew' });
    last().close();
    await settle();
    expect(connection.get()).toBe('live');
    await begin('p1');
    expect(streams).toHaveLength(2);
    answer = () => { throw new TypeError('no network'); };
    last().close();
    await settle();
    expect(connection.get()).toBe('reconnecting');
    const pauses: number[] = [];
    let since = Date.now();
    answer = () => { pauses.push(Date.now() - since); since = Date.now(); throw new TypeError('no network'); };
    await settle(200_000);
    expect(pauses.length).toBeGreaterThan(8);
    expect(pauses[0]).toBeLessThanOrEqual(500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
    expect(Math.min(...pauses.slice(-3))).toBeGreaterThanOrEqual(5_000);
  });

  it('waits as long as the service asks for', async () => {
    let asked = 0;
    answer = () => { asked += 1; return new Response(null, { status: 429, headers: { 'retry-after': '30' } }); };
    stop();
    stop = connection.start();
    await settle(29_000);
    expect(asked).toBe(1);
    await settle(2_000);
    expect(asked).toBe(2);
  });

  it('takes a long silence for an end', async () => {
    await begin();
    await settle(30_000);
    last().write(': \n\n');
    await settle(30_000);
    expect(connection.get()).toBe('live');
    await settle(10_001);
    expect(connection.get()).toBe('reconnecting');
    await settle(500);
    await begin('p1');
    expect(connection.get()).toBe('live');
  });

  it('has no stream while nobody looks, and begins anew on return', async () => {
    await begin();
    visible = false;
    connection.circumstancesChanged();
    await settle(600_000);
    expect({ state: connection.get(), streams: streams.length, aborted: last().signal.aborted }).toEqual({ state: 'paused', streams: 1, aborted: true });
    visible = true;
    connection.circumstancesChanged();
    await begin('p9');
    expect({ state: connection.get(), told }).toEqual({ state: 'live', told: ['began p0', 'began p9'] });
  });

  it('does not ask while offline, and does at once when online again', async () => {
    await begin();
    online = false;
    connection.circumstancesChanged();
    await settle(600_000);
    expect({ state: connection.get(), streams: streams.length }).toEqual({ state: 'offline', streams: 1 });
    online = true;
    connection.circumstancesChanged();
    await begin('p9');
    expect(connection.get()).toBe('live');
  });

  it.each([[401, 'refused'], [403, undefined]])('does not insist after %i', async (status, why) => {
    stop();
    let asked = 0;
    answer = () => { asked += 1; return new Response(null, { status }); };
    const end = connection.start();
    await settle();
    expect(told).toEqual(why === undefined ? [] : [why]);
    if (why !== undefined) end();
    await settle(600_000);
    expect(asked).toBe(1);
    if (why === undefined) expect(connection.get()).toBe('off');
  });

  it('says when the token has ended', async () => {
    await begin();
    last().say('end', { code: 'token-expired' });
    await settle();
    expect(told).toEqual(['began p0', 'expired']);
  });

  it('asks for nothing once it is stopped', async () => {
    await begin();
    stop();
    await settle(600_000);
    expect(streams).toHaveLength(1);
    expect(last().signal.aborted).toBe(true);
  });
});
