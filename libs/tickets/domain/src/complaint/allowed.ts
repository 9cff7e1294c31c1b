import { assertNever } from '@atrium/kernel';
import { toInstant, toMs, type Instant } from '../instant.js';
import { policyOf, type Reference } from '../reference.js';
import { complaintCommands, type ComplaintCommandType } from './commands/index.js';
import { clocksOf, type Complaint, type ComplaintState } from './state.js';

/**
 * What people and integrations may usefully send to this complaint, by its state alone. Given `reference` and `now`,
 * without a reopening that would come too late. Who may send which is in each command's `roles`.
 */
export const allowedCommands = (state: ComplaintState, time?: { readonly now: Instant; readonly reference: Reference }): readonly ComplaintCommandType[] =>
  complaintCommands
    .filter(({ roles, possibleIn }) => !roles.every((role) => role === 'system') && (possibleIn as readonly string[]).includes(state.status))
    .map(({ type }) => type)
    .filter((type) => isUseful(type, state) && !(time && type === 'ReopenComplaint' && isTooLateToReopen(state, time.now, time.reference)));

/** An acknowledgement may be recorded late on any complaint, but is only waited for while there is none. */
const isUseful = (type: ComplaintCommandType, state: ComplaintState): boolean =>
  type !== 'AcknowledgeComplaint' || (state.status !== 'unregistered' && state.status !== 'closed' && state.facts.acknowledgedAt === undefined);

export const isTooLateToReopen = (state: ComplaintState, at: Instant, reference: Reference): boolean => {
  const until = reopenableUntil(state, reference);
  return until !== undefined && at > until;
};

/** The last moment at which the complaint can be taken up again; undefined while it is not resolved or closed. */
export function reopenableUntil(state: ComplaintState, reference: Reference): Instant | undefined {
  if (state.status !== 'resolved' && state.status !== 'closed') return undefined;
  const since = state.status === 'closed' ? state.closedAt : state.resolvedAt;
  return toInstant(toMs(since) + policyOf(reference, state.facts.policyVersion).reopenWithinMs);
}

/**
 * What usually comes next: the first reply while it is owed, then to whom, until when, and the way to the end. Undefined
 * when nothing is left to do. Everything else that is allowed remains so.
 */
export function nextCommand(state: ComplaintState): ComplaintCommandType | undefined {
  switch (state.status) {
    case 'unregistered': return 'RegisterComplaint';
    case 'registered': return isReplyOwed(state) ? 'AcknowledgeComplaint' : 'RouteComplaint';
    case 'routed':
      if (isReplyOwed(state)) return 'AcknowledgeComplaint';
      return isPromised(state) ? 'ResolveComplaint' : 'PromiseResolution';
    case 'waiting': return isReplyOwed(state) ? 'AcknowledgeComplaint' : 'EndWaiting';
    case 'resolved': return 'CloseComplaint';
    case 'closed': return undefined;
    default: return assertNever(state, 'state');
  }
}

const isReplyOwed = ({ facts }: Complaint): boolean => facts.acknowledgedAt === undefined;

const isPromised = (state: Complaint): boolean => clocksOf(state).some(({ name, stoppedAt }) => name === 'promised-time' && stoppedAt === undefined);
