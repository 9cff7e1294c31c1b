import { StreamNotFoundError } from '@eventstore/db-client';
import type { Recorded } from '@atrium/kernel';
import { takeAll } from './deadline.js';
import { unavailable } from './driver-errors.js';
import type { EventStore } from './event-store.js';

/** Every event of a stream in order; empty when it does not exist. @throws EventStoreUnavailable, DamagedEvent */
export async function loadStream(store: EventStore, stream: string): Promise<Recorded[]> {
  const events: Recorded[] = [];
  try {
    await takeAll(store.client.readStream(stream), store.deadlineMs, (resolved) => {
      const event = store.codec.decode(resolved);
      if (event) events.push(event);
    });
  } catch (error) {
    if (error instanceof StreamNotFoundError) return [];
    throw unavailable(error);
  }
  return events;
}
