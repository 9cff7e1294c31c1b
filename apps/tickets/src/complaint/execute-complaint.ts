import { execute, type CommandIdentity, type EventStore, type Outcome } from '@atrium/event-store';
import { builtInReference, complaintDecider, type ComplaintState } from '@atrium/tickets-domain';
import { mallOf } from '../mall.js';
import { decideInTurn, type Step } from './decide-complaint.js';
import type { Sealer } from './personal-texts.js';

/** Commands for one complaint: one that a person sends, or the whole row of an import. */
export interface ComplaintExecution {
  readonly complaintId: string;
  readonly steps: readonly Step[];
  /** The first step registers the complaint. */
  readonly creates: boolean;
  readonly identity: CommandIdentity;
  readonly policyVersion?: string | undefined;
  readonly ifMatch?: bigint | undefined;
}

/** The way of every command of a complaint: load, fold, seal, decide, append. */
export const executeComplaint = (
  store: EventStore, sealer: Sealer, { complaintId, steps, creates, identity, policyVersion, ifMatch }: ComplaintExecution,
): Promise<Outcome<ComplaintState>> => execute(store, {
  stream: `complaint-${complaintId}`,
  creates,
  initialState: complaintDecider.initialState,
  evolve: complaintDecider.evolve,
  decide: (loaded) => decideInTurn(steps, loaded, {
    sealer,
    reference: builtInReference,
    mall: mallOf(loaded.history[0]?.metadata.mallId ?? identity.mallId),
    policyVersion,
    commandId: identity.commandId,
    now: new Date().toISOString(),
  }),
  identity,
  ifMatch,
  now: Date.now,
});
