import type { ComplaintEventType } from './events.js';

/**
 * Makes the data of one schema version from the data of the version before it. Pure. The log's client declares the
 * same shape: neither of the two knows the other, and the service that hands these over does not compile when they differ.
 */
export type Upcast = (data: unknown) => unknown;

/** Per event type, the steps from schema version 1 onwards: the first step makes version 2. */
export const complaintUpcasts: Readonly<Record<ComplaintEventType, readonly Upcast[]>> = {
  ComplaintRegistered: [],
  ComplaintAcknowledged: [],
  ComplaintRouted: [],
  ResolutionPromised: [],
  WaitingStarted: [],
  WaitingEnded: [],
  FollowUpRecorded: [],
  ComplaintResolved: [],
  ComplaintClosed: [],
  ComplaintReopened: [],
  ClockStarted: [],
  ClockPaused: [],
  ClockResumed: [],
  ClockStopped: [],
  ClockBreached: [],
};

export const complaintEventTypes = Object.keys(complaintUpcasts) as readonly ComplaintEventType[];
