import { assertNever } from '@atrium/kernel';
import type { Instant } from '../instant.js';
import type { ClockEvent, ClockFacts, ClockStarted, ClockStopped, Pause, StopReason } from './facts.js';

/** The clocks of a case, and what was heard of clocks whose start is not known yet (nothing, in a stream written in order). */
export interface Clocks {
  readonly known: readonly ClockFacts[];
  readonly early: readonly ClockEvent[];
}

export const noClocks: Clocks = { known: [], early: [] };

/** Adds one fact. The result is the same for every order in which the same facts arrive, up to the order of the list. */
export function evolveClocks(clocks: Clocks, event: ClockEvent): Clocks {
  const { clockId } = event.data;
  const index = clocks.known.findIndex((clock) => clock.clockId === clockId);
  const facts = clocks.known[index];
  if (facts) return { ...clocks, known: clocks.known.with(index, evolveClock(facts, event)) };
  if (event.type !== 'ClockStarted') return { ...clocks, early: [...clocks.early, event] };
  const started = clocks.early.filter((early) => early.data.clockId === clockId).reduce(evolveClock, startClock(event));
  return { known: [...clocks.known, started], early: clocks.early.filter((early) => early.data.clockId !== clockId) };
}

export const startClock = ({ data, occurredAt }: ClockStarted): ClockFacts => ({ ...data, startedAt: occurredAt, pauses: [] });

/** One more fact of a clock whose start is known. */
export function evolveClock(facts: ClockFacts, event: ClockEvent): ClockFacts {
  switch (event.type) {
    case 'ClockStarted': return facts;
    case 'ClockPaused': return withMarks(facts, [event.occurredAt], []);
    case 'ClockResumed': return withMarks(facts, [], [event.occurredAt]);
    case 'ClockStopped': return stops(facts, event) ? { ...facts, stoppedAt: event.occurredAt, stopWhy: event.data.why } : facts;
    case 'ClockBreached': return facts;
    default: return assertNever(event, 'event');
  }
}

/** The earliest stop counts, whenever it was recorded. */
function stops({ stoppedAt, stopWhy }: ClockFacts, { occurredAt, data }: ClockStopped): boolean {
  if (stoppedAt === undefined || stopWhy === undefined) return true;
  return occurredAt < stoppedAt || (occurredAt === stoppedAt && precedence[data.why] < precedence[stopWhy]);
}

const precedence: Readonly<Record<StopReason, number>> = { done: 0, superseded: 1, 'case-closed': 2 };

function withMarks({ unmatchedResumptions = [], ...facts }: ClockFacts, paused: readonly Instant[], resumed: readonly Instant[]): ClockFacts {
  const { pauses, unmatched } = pair(
    [...facts.pauses.map(({ from }) => from), ...paused],
    [...facts.pauses.flatMap(({ to }) => to ?? []), ...unmatchedResumptions, ...resumed],
  );
  return { ...facts, pauses, ...(unmatched.length > 0 && { unmatchedResumptions: unmatched }) };
}

/** Pairs each resumption with the earliest pause still open at its time. Depends on the two sets only. */
function pair(paused: readonly Instant[], resumed: readonly Instant[]): { pauses: Pause[]; unmatched: Instant[] } {
  const froms = paused.toSorted();
  const pauses: Pause[] = [];
  const unmatched: Instant[] = [];
  for (const to of resumed.toSorted()) {
    const from = froms[pauses.length];
    if (from !== undefined && from <= to) pauses.push({ from, to });
    else unmatched.push(to);
  }
  return { pauses: [...pauses, ...froms.slice(pauses.length).map((from) => ({ from }))], unmatched };
}
