import { setTimeout as pause } from 'node:timers/promises';
import { decodeToken } from '@atrium/kernel';
import { z } from 'zod';
import { OperatorError, reasonOf } from '../operator-error.js';
import { checkedAnswer, Refused, Unanswered } from '../sending/answers.js';
import { untilAnswered, type Patience } from '../sending/retry.js';
import type { Endpoint } from '../system/endpoint.js';

const runner = z.object({
  name: z.string(),
  kind: z.string(),
  state: z.string(),
  /** Null before its first event; "-1" is the end of an empty log. */
  position: z.string().regex(/^-?\d+$/).nullable(),
  logEnd: z.string().regex(/^-?\d+$/),
  error: z.object({ message: z.string() }).optional(),
});

export type Runner = Readonly<z.infer<typeof runner>>;

export interface Waiting {
  readonly endpoint: Endpoint;
  readonly patience: Patience;
  /** Between two looks at the runners. */
  readonly lookEveryMs: number;
  /** Without any view moving for so long, the wait ends with an error. */
  readonly standstillMs: number;
  readonly signal: AbortSignal;
  readonly onTrouble: (reason: string) => void;
  /** How many positions of the log the last view still lacks. */
  readonly onBehind: (positions: bigint) => void;
}

/**
 * Returns when every projection has passed the position of the token, and a query that asks for it is answered. Without
 * a token (nothing was accepted or found) the present end of the log is the goal.
 * @throws OperatorError when a projection is degraded or none of them moves.
 */
export async function waitForViews(token: string | undefined, waiting: Waiting): Promise<void> {
  let goal = token === undefined ? undefined : decodeToken(token)?.position;
  let passed: bigint | undefined;
  let movedAt = performance.now();
  for (;;) {
    const views = await projections(waiting);
    goal ??= highest(views.map((view) => BigInt(view.logEnd)));
    const halted = views.find((view) => view.state === 'degraded' || view.state === 'stopped');
    if (halted !== undefined) throw new OperatorError(`The view ${halted.name} is ${halted.state} at position ${reached(halted)}${halted.error === undefined ? '' : `: ${halted.error.message}`}.`);

    const positions = views.map(reached);
    const lowest = positions.reduce((low, position) => (position < low ? position : low), goal);
    if (lowest >= goal) break;
    waiting.onBehind(goal - lowest);
    const sum = positions.reduce((total, position) => total + position, 0n);
    if (passed === undefined || sum > passed) [passed, movedAt] = [sum, performance.now()];
    else if (performance.now() - movedAt > waiting.standstillMs) {
      throw new OperatorError(`The views have not moved for ${waiting.standstillMs / 1000} s; the last is ${goal - lowest} positions behind.`);
    }
    await pause(waiting.lookEveryMs, undefined, { signal: waiting.signal });
  }
  if (token !== undefined) await answer(`/api/tickets/complaints?limit=1&after=${encodeURIComponent(token)}`, waiting);
}

async function projections(waiting: Waiting): Promise<readonly Runner[]> {
  const runners = z.array(runner).safeParse(await answer('/api/tickets/runners', waiting));
  if (!runners.success) throw new OperatorError('The system answered otherwise than this importer expects when it was asked for its runners.');
  return runners.data.filter((each) => each.kind === 'projection');
}

const reached = ({ position }: Runner): bigint => BigInt(position ?? -1);

const highest = (positions: readonly bigint[]): bigint => positions.reduce((high, position) => (position > high ? position : high), -1n);

async function answer(path: string, { endpoint, patience, signal, onTrouble }: Waiting): Promise<unknown> {
  const ask = async (): Promise<unknown> => {
    try {
      const headers = { authorization: `Bearer ${endpoint.token}` };
      return await (await checkedAnswer(await fetch(new URL(path, await endpoint.url()), { headers, signal }))).json();
    } catch (error) {
      if (error instanceof Refused && error.status === 409) throw new Unanswered('a query does not see the last position yet');
      if (error instanceof OperatorError || error instanceof Unanswered) throw error;
      signal.throwIfAborted();
      throw new Unanswered(reasonOf(error));
    }
  };
  return untilAnswered(ask, patience, signal, onTrouble);
}
