import { refuse, type Refusal } from '@atrium/kernel';
import { allowedCommands } from './allowed.js';
import { complaintCommand, type ComplaintCommandType } from './commands/index.js';
import type { ComplaintState } from './state.js';

export type ComplaintRefusalCode =
  | 'not-possible-now'
  | 'not-resolved'
  | 'already-acknowledged'
  | 'reopen-too-late'
  | 'occurred-in-future'
  | 'occurred-before-opening'
  | 'occurred-before-last-change'
  | 'happened-in-future'
  | 'promise-before-now'
  | 'unknown-policy'
  | 'unknown-calendar'
  | 'unknown-clock';

export type ComplaintRefusal = Refusal<ComplaintRefusalCode>;

const refusal = (kind: Refusal['kind'], state: ComplaintState, refused: ComplaintRefusalCode, detail: string): ComplaintRefusal =>
  refuse({ refused, kind, detail, allowed: allowedCommands(state) });

/** It would be possible in another state. */
export const conflict = (state: ComplaintState, code: ComplaintRefusalCode, detail: string): ComplaintRefusal =>
  refusal('conflict', state, code, detail);

/** It never is, with this content. */
export const invalid = (state: ComplaintState, code: ComplaintRefusalCode, detail: string): ComplaintRefusal =>
  refusal('invalid', state, code, detail);

export const notPossibleNow = (state: ComplaintState, type: ComplaintCommandType): ComplaintRefusal =>
  conflict(state, 'not-possible-now', state.status === 'unregistered'
    ? `${complaintCommand(type).title.en}: there is no such complaint`
    : `${complaintCommand(type).title.en}: not possible while the complaint is ${state.status}`);
