import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventStore } from '@atrium/event-store';
import { describeError, WaitTimedOut, type ProjectionRunner } from '@atrium/runners';
import { complaints } from '../views/complaints/complaints.projection.js';
import type { Change } from './notice.js';

export interface ChangeListener {
  /** Once: what changes after this position will be told, and rows hold everything up to it. Undefined for an empty log. */
  began(position: bigint | undefined): void;
  /** Rows hold everything up to the change's position by now. */
  changed(change: Change): void;
}

/** The log, and the rows that follow it here or in another process. */
interface FeedParts {
  readonly source: Pick<EventStore, 'subscribe'>;
  readonly rows: Pick<ProjectionRunner, 'position' | 'waitFor'>;
}

/** In one go, so that whoever stops the feed waits no longer than this. */
const WAIT_MS = 250;
const SHORTEST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

const prefixes = complaints.categories.map((category) => `${category}-`);

/**
 * Tells any number of listeners what changes, each change once the rows show it, from one subscription to the log that
 * lasts while somebody listens. While the log or PostgreSQL is away nothing is told; afterwards it goes on where it was.
 */
export class ChangeFeed {
  readonly #parts: FeedParts;
  readonly #listeners = new Set<ChangeListener>();
  readonly #logger = new Logger('live');
  #reached: bigint | undefined;
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** Whether the log is subscribed to. */
  get isFollowing(): boolean {
    return this.#stop !== undefined;
  }

  /** Until the answered function is called. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    if (this.#reached !== undefined) listener.began(known(this.#reached));
    if (this.#stop === undefined) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#pause();
    };
  }

  /** For good. */
  async stop(): Promise<void> {
    this.#pause();
    await this.#running;
  }

  #start(): void {
    const stop = this.#stop = new AbortController();
    this.#running = this.#running.then(() => this.#run(stop.signal));
  }

  #pause(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    // What happens while nobody listens is nobody's news: whoever comes next begins at what the rows show then.
    this.#reached = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let complaint: string | undefined;
    while (!signal.aborted) {
      try {
        await this.#follow(signal, () => { failures = 0; complaint = undefined; });
      } catch (error) {
        if (signal.aborted) return;
        const now = describeError(error);
        if (now !== complaint) this.#logger.warn(`Live updates wait for the log: ${now}`);
        complaint = now;
      }
      const pauseMs = Math.min(LONGEST_RETRY_MS, SHORTEST_RETRY_MS * 2 ** Math.min(failures, 10));
      failures += 1;
      await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch((error: unknown) => { if (!signal.aborted) throw error; });
    }
  }

  /** Until the signal, or until the log ends the subscription. */
  async #follow(signal: AbortSignal, wentWell: () => void): Promise<void> {
    const { source, rows } = this.#parts;
    if (this.#reached === undefined) {
      const position = await rows.position();
      if (position === undefined || signal.aborted) return;
      this.#reached = position;
      for (const listener of this.#listeners) listener.began(known(position));
    }
    for await (const { events } of source.subscribe({ prefixes, after: known(this.#reached), signal })) {
      wentWell();
      const last = events.at(-1);
      if (last === undefined) continue;
      await this.#shown(last.position, signal);
      if (signal.aborted) return;
      this.#reached = last.position;
      const change = { ids: new Set(events.map(({ stream }) => stream.slice(stream.indexOf('-') + 1))), position: last.position };
      for (const listener of this.#listeners) listener.changed(change);
    }
  }

  async #shown(position: bigint, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await this.#parts.rows.waitFor(position, WAIT_MS);
      } catch (error) {
        if (!(error instanceof WaitTimedOut)) throw error;
      }
    }
  }
}

/** Runners count from before the first event. */
const known = (position: bigint): bigint | undefined => (position < 0n ? undefined : position);
