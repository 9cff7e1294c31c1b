import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore, execute, type Outcome } from '@atrium/event-store';
import { builtInReference, complaintDecider, type ComplaintState } from '@atrium/tickets-domain';
import { Sealing } from '../ports.js';
import { mallOf } from '../mall.js';
import { decideInTurn } from './decide-complaint.js';
import { SendComplaintCommand } from './send-complaint-command.js';

/** Every command of a complaint takes this way: load, fold, seal, decide, append. */
@CommandHandler(SendComplaintCommand)
export class ComplaintHandler implements ICommandHandler<SendComplaintCommand> {
  constructor(private readonly store: EventStore, private readonly sealing: Sealing) {}

  async execute({ request }: SendComplaintCommand): Promise<Outcome<ComplaintState>> {
    const { definition, complaintId, data, at, identity, ifMatch } = request;
    return execute(this.store, {
      stream: `complaint-${complaintId}`,
      creates: definition.type === 'RegisterComplaint',
      initialState: complaintDecider.initialState,
      evolve: complaintDecider.evolve,
      decide: (loaded) => decideInTurn([{ definition, data, at }], loaded, {
        sealer: this.sealing.sealer,
        reference: builtInReference,
        mall: mallOf(loaded.history[0]?.metadata.mallId ?? identity.mallId),
        commandId: identity.commandId,
        now: new Date().toISOString(),
      }),
      identity,
      ifMatch,
      now: Date.now,
    });
  }
}
