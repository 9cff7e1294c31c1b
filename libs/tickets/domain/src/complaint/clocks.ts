import { evolveClock } from '../clock/evolve.js';
import type { ClockEvent, ClockFacts, ClockName, ClockResumed, ClockStarted, StopReason } from '../clock/facts.js';
import { advance, dueOf, verdict, type ClockState } from '../clock/verdict.js';
import { toInstant, toMs, type Instant } from '../instant.js';
import type { Policy, WaitingParty } from '../policy/policy.js';
import { calendarOf, policyOf, type Reference } from '../reference.js';
import type { Complaint } from './state.js';

interface Versions {
  readonly policyVersion: string;
  readonly calendarVersion: string;
}

/** The clock that runs from registration to the first acknowledgement, where the policy asks for one. */
export function startAcknowledge(reference: Reference, { policyVersion, calendarVersion }: Versions, at: Instant): readonly ClockStarted[] {
  const { acknowledge } = policyOf(reference, policyVersion);
  if (!acknowledge) return [];
  const { mode, limitMs } = acknowledge;
  const dueAt = toInstant(advance(mode, toMs(at), limitMs, calendarOf(reference, calendarVersion)));
  return [{ type: 'ClockStarted', data: { clockId: 'acknowledge-1', name: 'acknowledge', mode, limitMs, dueAt, policyVersion, calendarVersion }, occurredAt: at }];
}

/** A clock for a promise; it stands still from its start while the party waited for makes it do so. */
export function startPromise({ version, promisedTime, pauses }: Policy, complaint: Complaint, clockId: string, dueAt: Instant, at: Instant): readonly ClockEvent[] {
  const { calendarVersion } = complaint.facts;
  const started: ClockStarted = {
    type: 'ClockStarted',
    data: { clockId, name: 'promised-time', mode: promisedTime.mode, dueAt, policyVersion: version, calendarVersion },
    occurredAt: at,
  };
  const stands = complaint.status === 'waiting' && pauses[complaint.party].includes('promised-time') && at < dueAt;
  return stands ? [started, { type: 'ClockPaused', data: { clockId }, occurredAt: at }] : [started];
}

export const stopClocks = (clocks: readonly ClockFacts[], why: StopReason, at: Instant): readonly ClockEvent[] =>
  clocks.map(({ clockId }) => ({ type: 'ClockStopped', data: { clockId, why }, occurredAt: at }));

/** A clock past its due time is left alone: no pause heals it. */
export const pauseClocks = (complaint: Complaint, party: WaitingParty, at: Instant, reference: Reference): readonly ClockEvent[] =>
  runningAt(complaint, at, policyOf(reference, complaint.facts.policyVersion).pauses[party])
    .filter((clock) => stateAt(clock, at, reference) === 'running' && at < (dueOf(clock, calendarOf(reference, clock.calendarVersion)).dueAt ?? at))
    .map(({ clockId }) => ({ type: 'ClockPaused', data: { clockId }, occurredAt: at }));

export const resumeClocks = (complaint: Complaint, at: Instant, reference: Reference): readonly ClockEvent[] =>
  runningAt(complaint, at)
    .filter((clock) => stateAt(clock, at, reference) === 'paused')
    .map((clock) => resumed(clock, at, reference));

function resumed(clock: ClockFacts, at: Instant, reference: Reference): ClockResumed {
  const { clockId, dueAt: firstDueAt, calendarVersion } = clock;
  const event: ClockResumed = { type: 'ClockResumed', data: { clockId, dueAt: firstDueAt }, occurredAt: at };
  const { dueAt = firstDueAt } = dueOf(evolveClock(clock, event), calendarOf(reference, calendarVersion));
  return { ...event, data: { clockId, dueAt } };
}

/** Clocks that nothing known has stopped by then, of all names or of those given. What is recorded late may stop one earlier than it was. */
export const runningAt = ({ facts }: Complaint, at: Instant, names?: readonly ClockName[]): readonly ClockFacts[] =>
  facts.clocks.known.filter(({ name, stoppedAt }) => (stoppedAt === undefined || at < stoppedAt) && (names === undefined || names.includes(name)));

const stateAt = (clock: ClockFacts, at: Instant, reference: Reference): ClockState =>
  verdict(clock, at, calendarOf(reference, clock.calendarVersion)).state;
