import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** One event of a stream; `data` is sent as one line of JSON. */
export interface StreamEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: object;
}

/**
 * An answer that lasts: server-sent events (WHATWG HTML, 9.2). Nothing is kept here for a reader who does not read: while
 * `isBusy` says so, a sender that waits for `free` costs no more than the socket's own buffer.
 */
export class EventStream {
  readonly #raw: ServerResponse;
  readonly #ended = new AbortController();

  /** Takes the answer over from Fastify, with the headers that hooks have set until now. */
  static open(reply: FastifyReply): EventStream {
    reply.hijack();
    return new EventStream(reply.raw, reply.getHeaders());
  }

  private constructor(raw: ServerResponse, headers: Record<string, number | string | string[] | undefined>) {
    this.#raw = raw;
    raw.once('close', () => this.#ended.abort());
    // A reader who goes away in the middle of a write is nobody's error; `close` follows.
    raw.on('error', () => this.#ended.abort());
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // Proxies of the nginx kind would otherwise collect the events and pass them on in lots.
      'x-accel-buffering': 'no',
    });
    raw.flushHeaders();
    if (raw.destroyed) this.#ended.abort();
  }

  /** Aborts when either side has ended the answer. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** The reader has not taken what was sent. */
  get isBusy(): boolean {
    return this.#raw.writableNeedDrain;
  }

  /** Calls back, once, when the reader has taken what was sent. */
  whenFree(then: () => void): void {
    this.#raw.once('drain', then);
  }

  send({ event, id, data }: StreamEvent): void {
    this.#write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment, which readers pass over: keeps proxies from taking the silence for an end, and finds out who has gone. */
  beat(): void {
    this.#write(': \n\n');
  }

  end(): void {
    if (!this.ended.aborted) this.#raw.end();
  }

  /** Without waiting for the reader to take what was sent. */
  drop(): void {
    this.#raw.destroy();
  }

  #write(text: string): void {
    if (!this.ended.aborted && !this.#raw.writableEnded) this.#raw.write(text);
  }
}
