import type { ClockFacts, ClockName } from './facts.js';

/** The clock of that name that was started last, which is the one a case is judged by; of the same moment, the one recorded last. */
export const latestClock = (clocks: readonly ClockFacts[], name: ClockName): ClockFacts | undefined =>
  clocks
    .filter((clock) => clock.name === name)
    .reduce<ClockFacts | undefined>((latest, clock) => (latest && latest.startedAt > clock.startedAt ? latest : clock), undefined);
