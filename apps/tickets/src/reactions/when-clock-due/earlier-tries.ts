import type { DueBreach } from './due-breaches.js';

/** What is forgotten beyond this is asked again, which does no harm. */
const REMEMBERED = 10_000;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 5 * 60_000;
/** A failure that repeated itself so often does not pass by itself. */
const LASTING = 3;

interface Failure {
  readonly complaintId: string;
  readonly reason: string;
  readonly times: number;
  /** On the clock of `nowMs`. */
  readonly restsUntilMs: number;
  readonly walk: number;
}

/**
 * What became of breaches that were sent before: one that is answered is not sent again while the rows do not show the
 * answer, and one that failed rests, twice as long each time, so that it does not keep the others waiting. Times are
 * milliseconds of any clock that never goes back.
 */
export class EarlierTries {
  readonly #answered = new Map<string, bigint>();
  readonly #failures = new Map<string, Failure>();
  #walk = 0;

  /** All that is due will be looked at anew; failures that the walk before did not meet are over. */
  beginWalk(): void {
    for (const [commandId, { walk }] of this.#failures) if (walk < this.#walk) this.#failures.delete(commandId);
    this.#walk += 1;
  }

  /** Whether to leave it alone for now. `shown`: the log position that the rows are at. */
  rests({ commandId }: DueBreach, shown: bigint, nowMs: number): boolean {
    const answeredAt = this.#answered.get(commandId);
    if (answeredAt !== undefined && shown < answeredAt) return true;
    this.#answered.delete(commandId);
    const failure = this.#failures.get(commandId);
    if (!failure) return false;
    this.#failures.set(commandId, { ...failure, walk: this.#walk });
    return nowMs < failure.restsUntilMs;
  }

  /** `position`: up to where the log holds what the answer says. */
  answered({ commandId }: DueBreach, position: bigint | undefined): void {
    this.#failures.delete(commandId);
    if (position !== undefined) keep(this.#answered, commandId, position);
  }

  /** Answers how often it has failed in a row. */
  failed({ commandId, complaintId }: DueBreach, reason: string, nowMs: number): number {
    const times = (this.#failures.get(commandId)?.times ?? 0) + 1;
    const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(times - 1, 20));
    keep(this.#failures, commandId, { complaintId, reason, times, restsUntilMs: nowMs + restMs, walk: this.#walk });
    return times;
  }

  /** In one line, the complaints that fail again and again. */
  get lastingFailures(): string | undefined {
    const lasting = [...this.#failures.values()].filter(({ times }) => times >= LASTING);
    return lasting.length === 0 ? undefined : `breaches are not recorded: ${list(lasting)}`;
  }
}

const NAMED = 5;

/** The first few by name. */
export const list = (failures: readonly { readonly complaintId: string; readonly reason: string }[]): string =>
  failures.slice(0, NAMED).map(({ complaintId, reason }) => `complaint ${complaintId} (${reason})`).join(', ')
  + (failures.length > NAMED ? ` and ${failures.length - NAMED} more` : '');

function keep<Value>(entries: Map<string, Value>, key: string, value: Value): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > REMEMBERED && oldest !== undefined) entries.delete(oldest);
}
