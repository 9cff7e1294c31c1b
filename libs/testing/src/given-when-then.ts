import { expect } from '@jest/globals';
import { isRefusal, type Decider, type Event, type Refusal } from '@atrium/kernel';

/** What a decision may be held to: exactly these events in this order, exactly none, or a refusal. */
export interface Then<E extends Event> {
  then(...events: readonly E[]): void;
  thenNothing(): void;
  /** Every field named must be equal, `allowed` with its order. */
  thenRefused(refusal: Partial<Refusal>): void;
}

export interface When<Command, E extends Event, State> {
  when(command: Command): Then<E>;
  /** What the history folds to. */
  readonly state: State;
}

/** The vocabulary of domain specs: `given(...history).when(command).then(...events)`. */
export function specify<Command, E extends Event, State>({ initialState, decide, evolve }: Decider<Command, E, State>) {
  return {
    given(...history: readonly E[]): When<Command, E, State> {
      const state = history.reduce(evolve, initialState);
      return { state, when: (command) => judge(decide(command, state)) };
    },
  };
}

const judge = <E extends Event>(decided: readonly E[] | Refusal): Then<E> => ({
  then: (...events) => expect(decided).toStrictEqual(events),
  thenNothing: () => expect(decided).toStrictEqual([]),
  thenRefused(refusal) {
    expect(isRefusal(decided) ? pick(decided, refusal) : decided).toStrictEqual(refusal);
  },
});

const pick = (decided: Refusal, named: Partial<Refusal>): Partial<Refusal> =>
  Object.fromEntries(Object.keys(named).map((field) => [field, decided[field as keyof Refusal]]));
