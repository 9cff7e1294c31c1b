import type { Event } from '@atrium/kernel';
import type { Instant } from '../instant.js';

/** `open`: runs only in the calendar's opening hours. `wall`: always. */
export type ClockMode = 'open' | 'wall';

export const clockNames = ['acknowledge', 'promised-time'] as const;
export type ClockName = (typeof clockNames)[number];

/** `done`: what the clock waited for happened. `superseded`: another clock took its place. `case-closed`: nothing is awaited any more. */
export type StopReason = 'done' | 'superseded' | 'case-closed';

export interface Pause {
  readonly from: Instant;
  /** Absent while the pause lasts. */
  readonly to?: Instant;
}

/** Everything that is known of one clock. What it amounts to at a time is the verdict's to say, and is never stored. */
export interface ClockFacts {
  readonly clockId: string;
  readonly name: ClockName;
  readonly mode: ClockMode;
  readonly limitMs?: number;
  readonly startedAt: Instant;
  /** As it was computed when the clock started, before any pause; never computed again. */
  readonly dueAt: Instant;
  readonly policyVersion: string;
  readonly calendarVersion: string;
  readonly pauses: readonly Pause[];
  /** Resumptions whose pause is not known yet; there are none in a stream that was written in order. */
  readonly unmatchedResumptions?: readonly Instant[];
  readonly stoppedAt?: Instant;
  readonly stopWhy?: StopReason;
}

/** `occurredAt` of these is the clock's time. */
export type ClockStarted = Event<'ClockStarted', {
  readonly clockId: string;
  readonly name: ClockName;
  readonly mode: ClockMode;
  readonly limitMs?: number;
  readonly dueAt: Instant;
  readonly policyVersion: string;
  readonly calendarVersion: string;
}>;
export type ClockPaused = Event<'ClockPaused', { readonly clockId: string }>;
/** `dueAt`: as announced at that moment. The verdict extends the first stored due time by all pauses that are known. */
export type ClockResumed = Event<'ClockResumed', { readonly clockId: string; readonly dueAt: Instant }>;
export type ClockStopped = Event<'ClockStopped', { readonly clockId: string; readonly why: StopReason }>;
/** The system noticed that `dueAt` had passed. Only a cause for reactions: no verdict and no figure depends on it. */
export type ClockBreached = Event<'ClockBreached', { readonly clockId: string; readonly dueAt: Instant }>;

export type ClockEvent = ClockStarted | ClockPaused | ClockResumed | ClockStopped | ClockBreached;
