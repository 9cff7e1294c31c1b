import type { OnModuleDestroy } from '@nestjs/common';
import { EventStream, Problem } from '@atrium/http';
import type { FastifyReply } from 'fastify';
import type { ChangeFeed } from './change-feed.js';
import { LiveListener, type Admission } from './live-listener.js';

/** Open streams that one person may have: one a browser tab, and some that have not noticed yet that their reader has gone. */
export const STREAMS_OF_ONE = 20;
export const STREAMS_IN_ALL = 500;

/** The open streams of this instance. */
export class LiveStreams implements OnModuleDestroy {
  readonly #feed: ChangeFeed;
  readonly #open = new Map<LiveListener, string>();
  #isEnding = false;

  constructor(feed: ChangeFeed) {
    this.#feed = feed;
  }

  /** Turns the answer into a stream that lasts as long as both sides want it. @throws Problem 429, 503 */
  open(reply: FastifyReply, subject: string, admission: Admission): void {
    if (this.#isEnding) throw new Problem(503, 'stopping', 'The service is about to stop.');
    if (this.#open.size >= STREAMS_IN_ALL) throw new Problem(503, 'too-many-streams', 'There are too many live streams open; ask without one.', {}, { retryAfterSeconds: 30 });
    if ([...this.#open.values()].filter((one) => one === subject).length >= STREAMS_OF_ONE) {
      throw new Problem(429, 'too-many-streams', `One person may have ${STREAMS_OF_ONE} live streams open.`, {}, { retryAfterSeconds: 30 });
    }
    const stream = EventStream.open(reply);
    const listener = new LiveListener(stream, admission);
    if (stream.ended.aborted) return;
    this.#open.set(listener, subject);
    const leave = this.#feed.listen(listener);
    stream.ended.addEventListener('abort', () => {
      leave();
      this.#open.delete(listener);
    }, { once: true });
  }

  /** Tells every reader that it is over, so that nobody waits for answers that last. */
  endAll(): void {
    this.#isEnding = true;
    for (const listener of this.#open.keys()) listener.end('stopping');
  }

  /** Before the server waits for its open connections. */
  async onModuleDestroy(): Promise<void> {
    this.endAll();
    await this.#feed.stop();
  }
}
