import { encodeToken } from '@atrium/kernel';
import type { EventStream } from '@atrium/http';
import type { ChangeListener } from './change-feed.js';
import { merge, type Change, type Notice } from './notice.js';

/** At most one notice in this time. */
const BETWEEN_MS = 250;
const BEAT_MS = 15_000;
/** Whoever has taken nothing for this long is not there any more, or had better begin anew. */
const STALLED_MS = 60_000;

/** A stream lasts no longer, so that a token whose key was withdrawn is found out when its reader comes again. */
const LONGEST_MS = 30 * 60_000;

export interface Admission {
  /** Only this complaint's changes. */
  readonly complaint: string | undefined;
  /** When the caller's token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Why a stream is over: its token has ended, it is time to show it again, or the service is about to stop. */
type EndCode = 'token-expired' | 'renew' | 'stopping';

/** One open stream. What changes while the reader is busy, or too soon after the last notice, is merged and told later. */
export class LiveListener implements ChangeListener {
  readonly #stream: EventStream;
  readonly #complaint: string | undefined;
  readonly #beat: NodeJS.Timeout;
  readonly #expiry: NodeJS.Timeout;
  #pending: Notice | undefined;
  #nextAt = 0;
  #waiting: NodeJS.Timeout | undefined;
  #isHeldUp = false;
  #stalledAt: number | undefined;

  constructor(stream: EventStream, { complaint, expiresAt }: Admission) {
    this.#stream = stream;
    this.#complaint = complaint;
    this.#beat = setInterval(() => this.#keepAlive(), BEAT_MS);
    const validMs = Math.max(0, expiresAt - Date.now());
    this.#expiry = validMs <= LONGEST_MS ? setTimeout(() => this.end('token-expired'), validMs) : setTimeout(() => this.end('renew'), LONGEST_MS);
    stream.ended.addEventListener('abort', () => this.#clear(), { once: true });
    if (stream.ended.aborted) this.#clear();
  }

  began(position: bigint | undefined): void {
    this.#stream.send({ event: 'position', data: { position: tokenOf(position) } });
  }

  changed(change: Change): void {
    const own = this.#narrowed(change);
    if (own === undefined) return;
    this.#pending = merge(this.#pending, own);
    this.#tell();
  }

  end(code: EndCode): void {
    this.#stream.send({ event: 'end', data: { code } });
    this.#stream.end();
  }

  #narrowed(change: Change): Change | undefined {
    if (this.#complaint === undefined) return change;
    return change.ids.has(this.#complaint) ? { ids: new Set([this.#complaint]), position: change.position } : undefined;
  }

  #tell(): void {
    if (this.#pending === undefined || this.#waiting !== undefined || this.#isHeldUp || this.#stream.ended.aborted) return;
    const waitMs = this.#nextAt - performance.now();
    if (waitMs > 0) {
      this.#waiting = setTimeout(() => { this.#waiting = undefined; this.#tell(); }, waitMs);
    } else if (this.#stream.isBusy) {
      this.#isHeldUp = true;
      this.#stream.whenFree(() => { this.#isHeldUp = false; this.#tell(); });
    } else {
      const { ids, more, position } = this.#pending;
      this.#pending = undefined;
      this.#nextAt = performance.now() + BETWEEN_MS;
      const token = tokenOf(position) as string;
      this.#stream.send({ event: 'changed', id: token, data: { ids: [...ids], more, position: token } });
    }
  }

  #keepAlive(): void {
    if (!this.#stream.isBusy) {
      this.#stalledAt = undefined;
      this.#stream.beat();
    } else {
      this.#stalledAt ??= performance.now();
      if (performance.now() - this.#stalledAt >= STALLED_MS) this.#stream.drop();
    }
  }

  #clear(): void {
    clearInterval(this.#beat);
    clearTimeout(this.#expiry);
    clearTimeout(this.#waiting);
    this.#pending = undefined;
  }
}

const tokenOf = (position: bigint | undefined): string | null => (position === undefined ? null : encodeToken({ source: 'tickets', position }));
