export { backdatingFields, rolesThatBackdate } from './backdating.js';
export { defineCommand, personalTexts, replacePersonal, type CommandData, type CommandDefinition, type PersonalText } from './command.js';
export { instant, line } from './fields.js';
export { toMs, type Instant } from './instant.js';
export type { Label } from './label.js';
export { roles, roleTitles, type Role } from './roles.js';
export { isSealed, type Sealed, type Text } from './sealed.js';

export type { BusinessCalendar, OpeningSpan, Weekday } from './calendar/calendar.js';
export type { Mall } from './mall/malls.js';
export type { Policy, WaitingParty } from './policy/policy.js';
export { openSpansBetween, type OpenSpan } from './calendar/spans-between.js';
export { builtInReference, calendarOf, type Reference } from './reference.js';

export { breachKey, unnoticedBreaches, type Breach } from './clock/breach.js';
export { evolveClocks, noClocks, type Clocks } from './clock/evolve.js';
export { clockNames } from './clock/facts.js';
export type { ClockBreached, ClockEvent, ClockFacts, ClockMode, ClockName, ClockPaused, ClockResumed, ClockStarted, ClockStopped, Pause, StopReason } from './clock/facts.js';
export { latestClock } from './clock/latest.js';
export { clockStates, dueOf, verdict, type ClockState, type Due, type Verdict } from './clock/verdict.js';

export {
  complaintCommand, complaintCommands, type ComplaintCommandDefinition, type ComplaintCommandDefinitionOf, type ComplaintCommandType,
} from './complaint/commands/index.js';
export type { AddedToRegistration, ComplaintCommand, ComplaintCommandOf, RegisterComplaintData } from './complaint/complaint-command.js';
export { complaintDecider } from './complaint/decider.js';
export * from './complaint/events.js';
export { allowedCommands, nextCommand } from './complaint/allowed.js';
export type { ComplaintRefusal, ComplaintRefusalCode } from './complaint/refusals.js';
export { clocksOf, isOpen, type Complaint, type ComplaintFacts, type ComplaintState, type ComplaintStatus } from './complaint/state.js';
export { countComplaint, noComplaints, type ComplaintTotals } from './complaint/totals.js';
export { complaintEventTypes, complaintUpcasts, type Upcast } from './complaint/upcasts.js';
