import { readStream } from './read-stream.js';
import type { LiveEvent } from './read-stream.js';

/** `paused`: nobody looks. `off`: this reader has no stream, for good. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'paused' | 'off';

export interface LiveParts {
  /** Asks for the stream. @throws when no answer comes */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly isOnline: () => boolean;
  readonly isVisible: () => boolean;
  /** Everything up to here is to be asked for: a stream has begun. */
  readonly began: (position: string | null) => void;
  readonly changed: (change: Extract<LiveEvent, { event: 'changed' }>) => void;
  /** The service does not take the token, or not any more. */
  readonly refused: (why: 'refused' | 'expired') => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** The service sends something every 15 seconds: after this silence nobody is there. */
const SILENCE_MS = 40_000;
/** For the service to begin to answer. */
const PATIENCE_MS = 10_000;

/** Statuses after which asking again would change nothing. */
const FOR_GOOD = new Set([400, 403, 404, 405, 406]);

/** Half of it by chance, so that those who lost one service do not all come back to it at one moment. */
const pauseMs = (failures: number, retryAfterMs: number): number =>
  Math.max(retryAfterMs, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2));

/** How one stream ended: whether the next may follow at once, and the least to wait otherwise. */
interface Ending {
  readonly atOnce?: boolean;
  readonly retryAfterMs?: number;
}

/** Keeps one live stream open while somebody looks at the page, whatever the network does. */
export const createConnection = (parts: LiveParts) => {
  const listeners = new Set<() => void>();
  let state: LiveState = 'connecting';
  let stopped: AbortController | undefined;
  let attempt: AbortController | undefined;
  let wake: () => void = () => undefined;
  let failures = 0;

  const move = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    listeners.forEach((tell) => tell());
  };
  const asleep = (ms?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => wake(), ms);
      wake = () => {
        clearTimeout(timer);
        wake = () => undefined;
        resolve();
      };
    });

  const hear = (event: LiveEvent): Ending | undefined => {
    switch (event.event) {
      case 'position':
        failures = 0;
        move('live');
        parts.began(event.position);
        return undefined;
      case 'changed':
        parts.changed(event);
        return undefined;
      case 'end':
        if (event.code === 'token-expired') parts.refused('expired');
        return { atOnce: event.code === 'renew' };
    }
  };

  /** One stream from asking for it to its end. */
  const follow = async (signal: AbortSignal): Promise<Ending> => {
    const mine = attempt = new AbortController();
    let ending: Ending = {};
    let silence = setTimeout(() => mine.abort(), PATIENCE_MS);
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => mine.abort(), SILENCE_MS);
    };
    try {
      const response = await parts.open(AbortSignal.any([signal, mine.signal]));
      heard();
      if (response.ok && response.body !== null) {
        await readStream(response.body, (event) => { ending = hear(event) ?? ending; }, heard);
      } else {
        ending = { retryAfterMs: 1_000 * (Number(response.headers.get('retry-after')) || 0) };
        if (response.status === 401) parts.refused('refused');
        else if (FOR_GOOD.has(response.status)) stopped?.abort('off');
      }
    } catch {
      // However it broke off, the way on is the same: ask again after a while.
      return ending;
    } finally {
      clearTimeout(silence);
      mine.abort();
    }
    return ending;
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      if (!parts.isOnline()) {
        move('offline');
        await asleep();
      } else if (!parts.isVisible()) {
        move('paused');
        await asleep();
      } else {
        if (state !== 'live') move(state === 'connecting' ? 'connecting' : 'reconnecting');
        const { atOnce = false, retryAfterMs = 0 } = await follow(signal);
        if (signal.aborted || !parts.isOnline() || !parts.isVisible() || atOnce) continue;
        move('reconnecting');
        await asleep(pauseMs(failures++, retryAfterMs));
      }
    }
    if (signal.reason === 'off') move('off');
  };

  return {
    get: (): LiveState => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Until the answered function is called. */
    start: (): (() => void) => {
      const stop = stopped = new AbortController();
      failures = 0;
      state = 'connecting';
      void run(stop.signal);
      return () => {
        stop.abort();
        wake();
      };
    },
    /** The network or the page's visibility may be another now. */
    circumstancesChanged: (): void => {
      failures = 0;
      if (!parts.isOnline() || !parts.isVisible()) attempt?.abort();
      wake();
    },
  };
};

export type LiveConnection = ReturnType<typeof createConnection>;
