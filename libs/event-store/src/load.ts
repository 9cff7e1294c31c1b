import { StreamNotFoundError } from '@eventstore/db-client';
import type { Recorded } from '@atrium/kernel';
import { unavailable } from './driver-errors.js';
import type { EventStore } from './event-store.js';

/** Every event of a stream in order; empty when it does not exist. @throws EventStoreUnavailable, DamagedEvent */
export async function loadStream(store: EventStore, stream: string): Promise<Recorded[]> {
  const events: Recorded[] = [];
  try {
    for await (const resolved of store.client.readStream(stream)) {
      const event = store.codec.decode(resolved);
      if (event) events.push(event);
    }
  } catch (error) {
    if (error instanceof StreamNotFoundError) return [];
    throw unavailable(error);
  }
  return events;
}
