import { setTimeout as timer } from 'node:timers/promises';
import { OperatorError } from '../operator-error.js';
import { Unanswered } from './answers.js';

/** How often and for how long a request without an answer is repeated. */
export interface Patience {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Counted from the first failure in a row; then the run ends with one clear line. */
  readonly giveUpMs: number;
}

export const patience: Patience = { firstPauseMs: 250, longestPauseMs: 8_000, giveUpMs: 120_000 };

/** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Repeats an attempt while it is {@link Unanswered}, after growing, jittered pauses or as `Retry-After` says.
 * @throws OperatorError when `giveUpMs` have passed; the signal's reason when that comes first.
 */
export async function untilAnswered<T>(
  attempt: () => Promise<T>, { firstPauseMs, longestPauseMs, giveUpMs }: Patience,
  signal: AbortSignal, onTrouble: (reason: string) => void, pause: Pause = pauseUnless,
): Promise<T> {
  let failingSince: number | undefined;
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      failingSince ??= performance.now();
      const left = giveUpMs - (performance.now() - failingSince);
      if (left <= 0) {
        throw new OperatorError(`The system has not answered for ${giveUpMs / 1000} s (${error.message}); giving up.`);
      }
      onTrouble(error.message);
      const backOff = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 16)) * (0.5 + Math.random() / 2);
      await pause(Math.min(error.retryAfterMs ?? backOff, left), signal);
    }
  }
}

async function pauseUnless(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await timer(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
