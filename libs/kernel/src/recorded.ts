import type { Event } from './event.js';

/** Who caused a fact: a person's subject, an integration's, or `system`. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What is stored beside every event. Times are ISO 8601, UTC; `recordedAt` never lies before the stream's last. */
export interface EventMetadata {
  readonly commandId: string;
  readonly requestHash: string;
  readonly causationId?: string;
  readonly correlationId: string;
  readonly actor: Actor;
  readonly mallId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly schemaVersion: number;
  /** Why `occurredAt` was given by the caller; absent when it is the time of recording. */
  readonly backdatingReason?: string;
}

/** An event as it is read back. `position` orders the whole log, `revision` one stream (both from 0). */
export type Recorded<E extends Event = Event> = E & {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly metadata: EventMetadata;
};
