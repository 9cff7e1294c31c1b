import { noClocks, type Clocks } from '../clock/evolve.js';
import type { ClockFacts, ClockName } from '../clock/facts.js';
import type { Instant } from '../instant.js';
import type { WaitingParty } from '../policy/policy.js';
import type { Channel, Outcome } from './events.js';

/** What is known of every complaint, whatever its status. */
export interface ComplaintFacts {
  readonly openedAt: Instant;
  /** The latest change of status, department or promise. */
  readonly lastChangeAt: Instant;
  readonly channel: Channel;
  readonly policyVersion: string;
  readonly calendarVersion: string;
  /** Whose key seals the personal texts of this case. */
  readonly personId?: string;
  readonly department?: string;
  readonly queue?: string;
  /** The first acknowledgement, whenever it was recorded. */
  readonly acknowledgedAt?: Instant;
  readonly clocks: Clocks;
  /** The breaches that the system has noticed, by `breachKey`. */
  readonly breachesNoticed: readonly string[];
}

interface InStatus<Status extends string> {
  readonly status: Status;
  readonly facts: ComplaintFacts;
}

export type ComplaintState =
  | { readonly status: 'unregistered' }
  | InStatus<'registered'>
  | InStatus<'routed'>
  | (InStatus<'waiting'> & { readonly party: WaitingParty })
  | (InStatus<'resolved'> & { readonly resolvedAt: Instant })
  | (InStatus<'closed'> & { readonly closedAt: Instant; readonly outcome: Outcome });

export type ComplaintStatus = ComplaintState['status'];
export type Complaint = Exclude<ComplaintState, { status: 'unregistered' }>;

export const initialComplaint: ComplaintState = { status: 'unregistered' };

/** In lifecycle order. */
export const complaintStatuses = ['unregistered', 'registered', 'routed', 'waiting', 'resolved', 'closed'] as const satisfies readonly ComplaintStatus[];

/** Registered and not closed: a resolved complaint is open until somebody closes it. */
export const isOpen = ({ status }: ComplaintState): boolean => status !== 'unregistered' && status !== 'closed';

/** The clocks of a complaint in the order in which they were started. */
export const clocksOf = (state: ComplaintState): readonly ClockFacts[] =>
  (state.status === 'unregistered' ? noClocks : state.facts.clocks).known;

/** The id that the next clock of that name gets: `<name>-<n>`, counted from 1 within the case. */
export const clockIdFor = (state: ComplaintState, name: ClockName): string =>
  `${name}-${clocksOf(state).filter((clock) => clock.name === name).length + 1}`;
