import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EventStore, type Outcome } from '@atrium/event-store';
import type { ComplaintState } from '@atrium/tickets-domain';
import { Sealing } from '../ports.js';
import { executeComplaint } from './execute-complaint.js';
import { SendComplaintCommand } from './send-complaint-command.js';

@CommandHandler(SendComplaintCommand)
export class ComplaintHandler implements ICommandHandler<SendComplaintCommand> {
  constructor(private readonly store: EventStore, private readonly sealing: Sealing) {}

  async execute({ request }: SendComplaintCommand): Promise<Outcome<ComplaintState>> {
    const { definition, complaintId, data, at, identity, ifMatch } = request;
    return executeComplaint(this.store, this.sealing.sealer, {
      complaintId, steps: [{ definition, data, at }], creates: definition.type === 'RegisterComplaint', identity, ifMatch,
    });
  }
}
