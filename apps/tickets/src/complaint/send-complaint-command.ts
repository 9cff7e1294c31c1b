import { Command } from '@nestjs/cqrs';
import type { CommandIdentity, Loaded, Outcome } from '@atrium/event-store';
import type { ComplaintCommandDefinition, ComplaintState } from '@atrium/tickets-domain';

/** A command as the edge took it in: parsed by its schema, personal texts still clear. Never stored or logged like this. */
export interface ComplaintRequest {
  readonly definition: ComplaintCommandDefinition;
  readonly complaintId: string;
  readonly data: object;
  /** When the caller says it happened; ISO 8601, UTC. */
  readonly at?: string | undefined;
  readonly identity: CommandIdentity;
  readonly ifMatch?: bigint | undefined;
}

/** Carries one command to its handler. */
export class SendComplaintCommand extends Command<Outcome<ComplaintState>> {
  constructor(readonly request: ComplaintRequest) {
    super();
  }
}

export type LoadedComplaint = Loaded<ComplaintState>;
