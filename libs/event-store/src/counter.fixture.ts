import { randomUUID } from 'node:crypto';
import { refuse, type Event, type Refusal } from '@atrium/kernel';
import type { CommandIdentity, Execution, Loaded } from './execute.js';

export type Counted = Event<'Counted', { by: number }>;

/** A stream of its own for each spec. */
export const freshStream = (category = 'counter'): string => `${category}-${randomUUID()}`;

export const identity = (overrides: Partial<CommandIdentity> = {}): CommandIdentity => ({
  commandId: randomUUID(), requestHash: 'hash', correlationId: randomUUID(), actor: { id: 'ann', role: 'agent' }, mallId: 'main', ...overrides,
});

export const counted = (by: number): Counted => ({ type: 'Counted', data: { by }, occurredAt: '2026-01-01T00:00:00.000Z' });

/** Adds `by`; a sum over 100 is refused, adding 0 does nothing. */
export const count = (stream: string, by: number, overrides: Partial<Execution<Counted, number>> = {}): Execution<Counted, number> => ({
  stream,
  creates: false,
  initialState: 0,
  evolve: (sum, event) => sum + event.data.by,
  decide: ({ state }: Loaded<number>): readonly Counted[] | Refusal => {
    if (state + by > 100) return refuse({ refused: 'too-much', kind: 'conflict', detail: 'at most 100' });
    return by === 0 ? [] : [counted(by)];
  },
  identity: identity(),
  now: () => Date.parse('2026-01-01T00:00:00Z'),
  ...overrides,
});
