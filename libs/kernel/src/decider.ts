import type { Event } from './event.js';
import type { Refusal } from './refusal.js';

/**
 * Three pure values. `decide` states what follows from a command, or refuses; an empty list means that nothing is
 * left to do. `evolve` never throws on an order it did not expect, only on a type it does not know. Time, ids and
 * policy reach `decide` inside the command.
 */
export interface Decider<Command, E extends Event, State> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => readonly E[] | Refusal;
  readonly evolve: (state: State, event: E) => State;
}
