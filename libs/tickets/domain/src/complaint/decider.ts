import { assertNever, isRefusal, type Decider } from '@atrium/kernel';
import { breachKey } from '../clock/breach.js';
import { evolveClocks, noClocks } from '../clock/evolve.js';
import { verdict } from '../clock/verdict.js';
import { earlierOf, laterOf, toMs, type Instant } from '../instant.js';
import { calendarOf, policyOf } from '../reference.js';
import { isTooLateToReopen } from './allowed.js';
import { pauseClocks, resumeClocks, runningAt, startAcknowledge, startPromise, stopClocks } from './clocks.js';
import { complaintCommand, type ComplaintCommandDefinitionOf, type ComplaintCommandType } from './commands/index.js';
import type { ComplaintCommand, ComplaintCommandOf } from './complaint-command.js';
import type { ComplaintEvent, ComplaintEventOf } from './events.js';
import { conflict, invalid, notPossibleNow, type ComplaintRefusal } from './refusals.js';
import { clockIdFor, initialComplaint, type Complaint, type ComplaintFacts, type ComplaintState } from './state.js';

type Decision = readonly ComplaintEvent[] | ComplaintRefusal;
type StateFor<Type extends ComplaintCommandType> =
  Extract<ComplaintState, { readonly status: ComplaintCommandDefinitionOf<Type>['possibleIn'][number] }>;
type Decide<Type extends ComplaintCommandType> = (command: ComplaintCommandOf<Type>, state: StateFor<Type>, at: Instant) => Decision;

/** How far `occurredAt` may lie ahead of `now`: clocks of tills and phones differ. */
const AHEAD_MS = 2 * 60_000;

const register: Decide<'RegisterComplaint'> = ({ data, reference }, state, at) => {
  if (!Object.hasOwn(reference.policies, data.policyVersion)) return invalid(state, 'unknown-policy', `There is no policy "${data.policyVersion}"`);
  if (!Object.hasOwn(reference.calendars, data.calendarVersion)) return invalid(state, 'unknown-calendar', `There is no calendar "${data.calendarVersion}"`);
  if (data.eventAt !== undefined && toMs(data.eventAt) > toMs(at) + AHEAD_MS) {
    return invalid(state, 'happened-in-future', `It cannot have happened at ${data.eventAt}, after it was complained about at ${at}`);
  }
  return [{ type: 'ComplaintRegistered', data, occurredAt: at }, ...startAcknowledge(reference, data, at)];
};

/**
 * A reply that was given earlier than the one on record takes its place, so that the order of recording does not matter.
 * A later one changes nothing; its message is refused rather than lost.
 */
const acknowledge: Decide<'AcknowledgeComplaint'> = ({ data }, state, at) => {
  const { acknowledgedAt } = state.facts;
  if (acknowledgedAt === undefined || at < acknowledgedAt) {
    return [{ type: 'ComplaintAcknowledged', data, occurredAt: at }, ...stopClocks(runningAt(state, at, ['acknowledge']), 'done', at)];
  }
  if (data.message === undefined) return [];
  return conflict(state, 'already-acknowledged', `The complaint was acknowledged at ${acknowledgedAt}: record the message as a follow-up`);
};

/** To where it is already is nothing, unless somebody gave a reason: that is a fact. */
const route: Decide<'RouteComplaint'> = ({ data }, { status, facts }, at) =>
  status === 'routed' && facts.department === data.department && facts.queue === data.queue && data.reason === undefined
    ? []
    : [{ type: 'ComplaintRouted', data, occurredAt: at }];

const promise: Decide<'PromiseResolution'> = ({ data: { dueAt }, reference }, state, at) => {
  const policy = policyOf(reference, state.facts.policyVersion);
  if (!policy.promisedTime.asItStands && dueAt <= at) return invalid(state, 'promise-before-now', `A promise made at ${at} cannot be due at ${dueAt}`);
  const replaced = runningAt(state, at, ['promised-time']);
  if (replaced.some((clock) => verdict(clock, at, calendarOf(reference, clock.calendarVersion)).dueAt === dueAt)) return [];
  const clockId = clockIdFor(state, 'promised-time');
  return [
    { type: 'ResolutionPromised', data: { dueAt, clockId }, occurredAt: at },
    ...stopClocks(replaced, 'superseded', at),
    ...startPromise(policy, state, clockId, dueAt, at),
  ];
};

const wait: Decide<'StartWaiting'> = ({ data, reference }, state, at) =>
  [{ type: 'WaitingStarted', data, occurredAt: at }, ...pauseClocks(state, data.party, at, reference)];

const endWait: Decide<'EndWaiting'> = ({ reference }, state, at) =>
  [{ type: 'WaitingEnded', data: {}, occurredAt: at }, ...resumeClocks(state, at, reference)];

const followUp: Decide<'RecordFollowUp'> = ({ data }, _state, at) => [{ type: 'FollowUpRecorded', data, occurredAt: at }];

const resolve: Decide<'ResolveComplaint'> = ({ data }, state, at) =>
  [{ type: 'ComplaintResolved', data, occurredAt: at }, ...stopClocks(runningAt(state, at, ['promised-time']), 'done', at)];

const close: Decide<'CloseComplaint'> = ({ data }, state, at) =>
  data.outcome === 'resolved' && state.status !== 'resolved'
    ? conflict(state, 'not-resolved', `The complaint is ${state.status}: resolve it first, or close it with another outcome`)
    : [{ type: 'ComplaintClosed', data, occurredAt: at }, ...stopClocks(runningAt(state, at), 'case-closed', at)];

/**
 * The limit is judged by `now`, or by an `at` that lies ahead of it: nobody dates it away. Only a case whose policy takes
 * times as they stand, being another system's history, is judged by when it was reopened there.
 */
const reopen: Decide<'ReopenComplaint'> = ({ data, now, reference }, state, at) => {
  const judgedAt = policyOf(reference, state.facts.policyVersion).promisedTime.asItStands ? at : laterOf(at, now);
  return isTooLateToReopen(state, judgedAt, reference)
    ? conflict(state, 'reopen-too-late', `The complaint was ${state.status} too long ago to be reopened: register a new one`)
    : [{ type: 'ComplaintReopened', data, occurredAt: at }];
};

/** Asks the verdict, whatever the scheduler believed; once a due time. It occurred when the time ran out, not when that was noticed. */
const breach: Decide<'RecordBreach'> = ({ data: { clockId }, now, reference }, state) => {
  const clock = state.facts.clocks.known.find((known) => known.clockId === clockId);
  if (!clock) return invalid(state, 'unknown-clock', `The complaint has no clock "${clockId}"`);
  const { state: reached, dueAt } = verdict(clock, now, calendarOf(reference, clock.calendarVersion));
  if (reached !== 'broken' || dueAt === undefined || state.facts.breachesNoticed.includes(breachKey({ clockId, dueAt }))) return [];
  return [{ type: 'ClockBreached', data: { clockId, dueAt }, occurredAt: laterOf(dueAt, clock.startedAt) }];
};

function decide(command: ComplaintCommand, state: ComplaintState): Decision {
  switch (command.type) {
    case 'RegisterComplaint': return inTurn(command, state, register);
    case 'AcknowledgeComplaint': return inTurn(command, state, acknowledge);
    case 'RouteComplaint': return inTurn(command, state, route);
    case 'PromiseResolution': return inTurn(command, state, promise);
    case 'StartWaiting': return inTurn(command, state, wait);
    case 'EndWaiting': return inTurn(command, state, endWait);
    case 'RecordFollowUp': return inTurn(command, state, followUp);
    case 'ResolveComplaint': return inTurn(command, state, resolve);
    case 'CloseComplaint': return inTurn(command, state, close);
    case 'ReopenComplaint': return inTurn(command, state, reopen);
    case 'RecordBreach': return inTurn(command, state, breach);
    default: return assertNever(command, 'command');
  }
}

function inTurn<Type extends ComplaintCommandType>(command: ComplaintCommandOf<Type> & ComplaintCommand, state: ComplaintState, then: Decide<Type>): Decision {
  if (!isPossible<Type>(command.type, state)) return notPossibleNow(state, command.type);
  const at = occurrence(command, state);
  return isRefusal(at) ? at : then(command, state, at);
}

const isPossible = <Type extends ComplaintCommandType>(type: ComplaintCommandType, state: ComplaintState): state is StateFor<Type> =>
  (complaintCommand(type).possibleIn as readonly string[]).includes(state.status);

/** When it happened, if that can be. */
function occurrence({ type, at, now }: ComplaintCommand, state: ComplaintState): Instant | ComplaintRefusal {
  if (at === undefined) return state.status === 'unregistered' ? now : laterOf(now, state.facts.lastChangeAt);
  if (toMs(at) > toMs(now) + AHEAD_MS) return invalid(state, 'occurred-in-future', `${at} lies more than two minutes ahead of ${now}`);
  if (state.status === 'unregistered') return at;
  const { openedAt, lastChangeAt } = state.facts;
  if (at < openedAt) return invalid(state, 'occurred-before-opening', `${at} lies before the complaint was opened at ${openedAt}`);
  if (at < lastChangeAt && !complaintCommand(type).mayPrecedeLastStatusChange) {
    return invalid(state, 'occurred-before-last-change', `${at} lies before the last change of the complaint at ${lastChangeAt}`);
  }
  return at;
}

function evolve(state: ComplaintState, event: ComplaintEvent): ComplaintState {
  switch (event.type) {
    case 'ComplaintRegistered': return state.status === 'unregistered' ? opened(event) : state;
    case 'ComplaintAcknowledged': return known(state, (complaint) => ({
      ...complaint,
      facts: { ...complaint.facts, acknowledgedAt: earlierOf(complaint.facts.acknowledgedAt ?? event.occurredAt, event.occurredAt) },
    }));
    case 'ComplaintRouted': return known(state, ({ facts: { queue: _left, ...facts } }) => ({
      status: 'routed',
      facts: changed({ ...facts, department: event.data.department, ...(event.data.queue !== undefined && { queue: event.data.queue }) }, event),
    }));
    case 'ResolutionPromised': return known(state, (complaint) => ({ ...complaint, facts: changed(complaint.facts, event) }));
    case 'WaitingStarted': return known(state, ({ facts }) => ({ status: 'waiting', party: event.data.party, facts: changed(facts, event) }));
    case 'WaitingEnded': return known(state, ({ facts }) => ({ status: 'routed', facts: changed(facts, event) }));
    case 'FollowUpRecorded': return state;
    case 'ComplaintResolved': return known(state, ({ facts }) => ({ status: 'resolved', resolvedAt: event.occurredAt, facts: changed(facts, event) }));
    case 'ComplaintClosed': return known(state, ({ facts }) => ({
      status: 'closed', closedAt: event.occurredAt, outcome: event.data.outcome, facts: changed(facts, event),
    }));
    case 'ComplaintReopened': return known(state, ({ facts }) => ({ status: facts.department === undefined ? 'registered' : 'routed', facts: changed(facts, event) }));
    case 'ClockStarted':
    case 'ClockPaused':
    case 'ClockResumed':
    case 'ClockStopped': return known(state, (complaint) => ({
      ...complaint, facts: { ...complaint.facts, clocks: evolveClocks(complaint.facts.clocks, event) },
    }));
    case 'ClockBreached': return known(state, (complaint) => ({
      ...complaint, facts: { ...complaint.facts, breachesNoticed: [...complaint.facts.breachesNoticed, breachKey(event.data)] },
    }));
    default: return assertNever(event, 'event');
  }
}

const opened = ({ data, occurredAt }: ComplaintEventOf<'ComplaintRegistered'>): ComplaintState => ({
  status: 'registered',
  facts: {
    openedAt: occurredAt,
    lastChangeAt: occurredAt,
    channel: data.channel,
    policyVersion: data.policyVersion,
    calendarVersion: data.calendarVersion,
    ...(data.complainant && { personId: data.complainant.personId }),
    clocks: noClocks,
    breachesNoticed: [],
  },
});

/** Of a complaint whose opening is not known, nothing can be said. */
const known = (state: ComplaintState, change: (complaint: Complaint) => ComplaintState): ComplaintState =>
  state.status === 'unregistered' ? state : change(state);

const changed = (facts: ComplaintFacts, { occurredAt }: ComplaintEvent): ComplaintFacts =>
  ({ ...facts, lastChangeAt: laterOf(facts.lastChangeAt, occurredAt) });

/** The life of one complaint. Policies, calendars and the time come in with each command. */
export const complaintDecider: Decider<ComplaintCommand, ComplaintEvent, ComplaintState> = { initialState: initialComplaint, decide, evolve };
