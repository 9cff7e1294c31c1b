import type { Event } from '@atrium/kernel';
import type { ClockEvent } from '../clock/facts.js';
import type { Instant } from '../instant.js';
import type { WaitingParty } from '../policy/policy.js';
import type { Sealed, Text } from '../sealed.js';

export const channels = ['desk', 'phone', 'mail', 'chat', 'web', 'box', 'app', 'social', 'staff', 'system'] as const;
export type Channel = (typeof channels)[number];

export const outcomes = ['resolved', 'duplicate', 'invalid', 'withdrawn', 'out-of-scope'] as const;
export type Outcome = (typeof outcomes)[number];

/** Who complains. The values open with that person's key. */
export interface Complainant {
  readonly personId: string;
  readonly name: Sealed;
  readonly phone?: Sealed;
  readonly email?: Sealed;
}

export type ComplaintRegistered = Event<'ComplaintRegistered', {
  readonly channel: Channel;
  readonly subject: Text;
  readonly description: Text;
  readonly category?: string;
  readonly shop?: string;
  /** When it happened, as the complainant tells it. */
  readonly eventAt?: Instant;
  /** In minor units of `currency`. */
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly complainant?: Complainant;
  readonly language?: string;
  readonly policyVersion: string;
  readonly calendarVersion: string;
  readonly externalReference?: string;
}>;
export type ComplaintAcknowledged = Event<'ComplaintAcknowledged', { readonly message?: Text }>;
export type ComplaintRouted = Event<'ComplaintRouted', { readonly department: string; readonly queue?: string; readonly reason?: Text }>;
export type ResolutionPromised = Event<'ResolutionPromised', { readonly dueAt: Instant; readonly clockId: string }>;
export type WaitingStarted = Event<'WaitingStarted', { readonly party: WaitingParty; readonly reason: Text }>;
export type WaitingEnded = Event<'WaitingEnded', Readonly<Record<never, never>>>;
export type FollowUpRecorded = Event<'FollowUpRecorded', { readonly note: Text }>;
export type ComplaintResolved = Event<'ComplaintResolved', { readonly resolution: Text }>;
export type ComplaintClosed = Event<'ComplaintClosed', { readonly outcome: Outcome; readonly reason: Text }>;
export type ComplaintReopened = Event<'ComplaintReopened', { readonly reason: Text }>;

export type ComplaintEvent =
  | ComplaintRegistered
  | ComplaintAcknowledged
  | ComplaintRouted
  | ResolutionPromised
  | WaitingStarted
  | WaitingEnded
  | FollowUpRecorded
  | ComplaintResolved
  | ComplaintClosed
  | ComplaintReopened
  | ClockEvent;

export type ComplaintEventType = ComplaintEvent['type'];
export type ComplaintEventOf<Type extends ComplaintEventType> = Extract<ComplaintEvent, { type: Type }>;

/** The category of a complaint's stream, `complaint-<uuid>`. */
export const complaintCategory = 'complaint';
