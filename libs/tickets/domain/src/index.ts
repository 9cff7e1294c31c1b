export {
  defineCommand, personalTexts, replacePersonal, roles, rolesThatBackdate,
  type CommandData, type CommandDefinition, type Label, type PersonalText, type Role,
} from './command.js';
export { choice, instant, line, lines } from './fields.js';
export { earlierOf, laterOf, toInstant, toMs, type Instant } from './instant.js';
export { isSealed, type Sealed, type Text } from './sealed.js';

export { everyDay, type BusinessCalendar, type OpeningSpan, type Weekday } from './calendar/calendar.js';
export type { Mall } from './mall/malls.js';
export type { Policy, WaitingParty } from './policy/policy.js';
export { builtInReference, calendarOf, policyOf, type Reference } from './reference.js';

export { breachKey, unnoticedBreaches, type Breach } from './clock/breach.js';
export { evolveClock, evolveClocks, noClocks, startClock, type Clocks } from './clock/evolve.js';
export {
  clockNames,
  type ClockBreached, type ClockEvent, type ClockFacts, type ClockMode, type ClockName, type ClockPaused, type ClockResumed, type ClockStarted, type ClockStopped,
  type Pause, type StopReason,
} from './clock/facts.js';
export { latestClock } from './clock/latest.js';
export { addOpenTime, openTimeBetween } from './clock/open-time.js';
export { dueOf, verdict, type ClockState, type Due, type Verdict } from './clock/verdict.js';

export {
  complaintCommand, complaintCommands, type ComplaintCommandDefinition, type ComplaintCommandDefinitionOf, type ComplaintCommandType,
} from './complaint/commands/index.js';
export type { AddedToRegistration, ComplaintCommand, ComplaintCommandOf, RegisterComplaintData } from './complaint/complaint-command.js';
export { complaintDecider } from './complaint/decider.js';
export * from './complaint/events.js';
export { allowedCommands, reopenableUntil } from './complaint/allowed.js';
export type { ComplaintRefusal, ComplaintRefusalCode } from './complaint/refusals.js';
export {
  clockIdFor, clocksOf, complaintStatuses, initialComplaint, isOpen, type Complaint, type ComplaintFacts, type ComplaintState, type ComplaintStatus,
} from './complaint/state.js';
export { countComplaint, noComplaints, type ComplaintTotals } from './complaint/totals.js';
export { complaintEventTypes, complaintUpcasts, type Upcast } from './complaint/upcasts.js';
