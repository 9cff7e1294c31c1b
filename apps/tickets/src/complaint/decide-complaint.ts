import { isRefusal, type Refusal } from '@atrium/kernel';
import {
  complaintDecider, type ComplaintCommand, type ComplaintEvent, type ComplaintState, type Mall, type Reference,
} from '@atrium/tickets-domain';
import type { LoadedComplaint } from './send-complaint-command.js';
import { sealPersonalTexts, type Sealer } from './personal-texts.js';
import type { ComplaintCommandDefinition } from '@atrium/tickets-domain';

export interface Step {
  readonly definition: ComplaintCommandDefinition;
  readonly data: object;
  readonly at?: string | undefined;
}

export interface DecisionContext {
  readonly sealer: Sealer;
  readonly reference: Reference;
  readonly mall: Mall;
  /** For cases that the commands open; the mall's when absent. */
  readonly policyVersion?: string | undefined;
  readonly commandId: string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** A refusal of one of several steps, by its index. */
export interface StepRefusal extends Refusal {
  readonly step: number;
}

/** Decides commands one after the other, each on the state that the ones before it leave; all of them or none. */
export async function decideInTurn(steps: readonly Step[], { state }: LoadedComplaint, context: DecisionContext): Promise<readonly ComplaintEvent[] | StepRefusal> {
  const events: ComplaintEvent[] = [];
  let current: ComplaintState = state;
  for (const [index, step] of steps.entries()) {
    const decided = complaintDecider.decide(await toCommand(step, current, context), current);
    if (isRefusal(decided)) return { ...decided, step: index };
    events.push(...decided);
    current = decided.reduce(complaintDecider.evolve, current);
  }
  return events;
}

async function toCommand({ definition, data, at }: Step, state: ComplaintState, context: DecisionContext): Promise<ComplaintCommand> {
  const { sealer, reference, mall, policyVersion, commandId, now } = context;
  const sealed = await sealPersonalTexts(sealer, definition, data, state, commandId);
  const added = definition.type === 'RegisterComplaint'
    ? { policyVersion: policyVersion ?? mall.policyVersion, calendarVersion: mall.calendarVersion }
    : {};
  // The schema of `definition` has parsed `data`, which is what ties the two together.
  return { type: definition.type, data: { ...sealed, ...added }, ...(at === undefined ? {} : { at }), now, reference } as ComplaintCommand;
}
