import type { CommandData, CommandDefinition } from '../command.js';
import type { Instant } from '../instant.js';
import type { Reference } from '../reference.js';
import type { ComplaintCommandDefinition, ComplaintCommandDefinitionOf, ComplaintCommandType } from './commands/index.js';
import type { registerComplaint } from './commands/register-complaint.js';
import type { Complainant } from './events.js';

/** What the schema of a registration does not hold, because the caller does not decide it. */
export interface AddedToRegistration {
  readonly complainant?: Complainant;
  readonly policyVersion: string;
  readonly calendarVersion: string;
}

export type RegisterComplaintData = Omit<CommandData<typeof registerComplaint>, keyof AddedToRegistration> & AddedToRegistration;

type DataOf<Definition extends CommandDefinition> =
  Definition['type'] extends 'RegisterComplaint' ? RegisterComplaintData : CommandData<Definition>;

type CommandOf<Definition extends ComplaintCommandDefinition> = Definition extends ComplaintCommandDefinition ? {
  readonly type: Definition['type'];
  readonly data: DataOf<Definition>;
  /** When it happened, as the caller says; absent: now, or right after the last change when that is a moment ahead of now. */
  readonly at?: Instant;
  readonly now: Instant;
  /** Comes with the command, so that the decision depends on nothing but its arguments while versions are added at run time. */
  readonly reference: Reference;
} : never;

export type ComplaintCommand = CommandOf<ComplaintCommandDefinition>;
export type ComplaintCommandOf<Type extends ComplaintCommandType> = CommandOf<ComplaintCommandDefinitionOf<Type>>;
