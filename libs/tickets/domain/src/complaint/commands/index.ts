import { acknowledgeComplaint } from './acknowledge-complaint.js';
import { closeComplaint } from './close-complaint.js';
import { endWaiting } from './end-waiting.js';
import { promiseResolution } from './promise-resolution.js';
import { recordBreach } from './record-breach.js';
import { recordFollowUp } from './record-follow-up.js';
import { registerComplaint } from './register-complaint.js';
import { reopenComplaint } from './reopen-complaint.js';
import { resolveComplaint } from './resolve-complaint.js';
import { routeComplaint } from './route-complaint.js';
import { startWaiting } from './start-waiting.js';

/** Every command of a complaint, in lifecycle order. */
export const complaintCommands = [
  registerComplaint,
  acknowledgeComplaint,
  routeComplaint,
  promiseResolution,
  startWaiting,
  endWaiting,
  recordFollowUp,
  resolveComplaint,
  closeComplaint,
  reopenComplaint,
  recordBreach,
] as const;

export type ComplaintCommandDefinition = (typeof complaintCommands)[number];
export type ComplaintCommandType = ComplaintCommandDefinition['type'];
export type ComplaintCommandDefinitionOf<Type extends ComplaintCommandType> = Extract<ComplaintCommandDefinition, { type: Type }>;

export const complaintCommand = <Type extends ComplaintCommandType>(type: Type): ComplaintCommandDefinitionOf<Type> =>
  byType[type] as ComplaintCommandDefinitionOf<Type>;

const byType = Object.fromEntries(complaintCommands.map((definition) => [definition.type, definition]));
