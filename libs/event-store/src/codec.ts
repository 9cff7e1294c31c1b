import type { Event, EventMetadata, Recorded } from '@atrium/kernel';
import { DamagedEvent } from './errors.js';
import { upcaster, type Upcasts } from './upcast.js';
import type { Proposal } from './wire/batch-append.js';
import type { StoredEvent } from './wire/read.js';

/** An event ready to be appended, with its metadata as a later read gives it back. */
export interface Encoded extends Proposal {
  readonly metadata: EventMetadata;
}

/** Between events and what is stored for them; `occurredAt` travels in the metadata. */
export interface Codec {
  encode(id: string, event: Event, metadata: Omit<EventMetadata, 'occurredAt' | 'schemaVersion'>): Encoded;
  /** Undefined for what is not an event of ours but the system's. @throws DamagedEvent */
  decode(stored: StoredEvent): Recorded | undefined;
}

export function createCodec(upcasts: Upcasts): Codec {
  const versions = upcaster(upcasts);
  return {
    encode(id, event, given) {
      const metadata = { ...given, occurredAt: event.occurredAt, schemaVersion: versions.currentVersion(event.type) };
      return { id, type: event.type, data: event.data, metadata };
    },
    decode({ type, data, id, stream, revision, position, metadata: stored }) {
      if (type.startsWith('$')) return undefined;
      const metadata = stored as EventMetadata | undefined;
      if (!isObject(data)) throw new DamagedEvent(stream, revision, 'its data is no JSON object');
      if (!isObject(metadata) || typeof metadata.occurredAt !== 'string' || typeof metadata.schemaVersion !== 'number') {
        throw new DamagedEvent(stream, revision, 'its metadata lacks occurredAt or schemaVersion');
      }
      if (position === undefined) throw new DamagedEvent(stream, revision, 'the server gave no position');
      let current: unknown;
      try {
        current = versions.toCurrent(type, metadata.schemaVersion, data);
      } catch (error) {
        throw new DamagedEvent(stream, revision, (error as Error).message);
      }
      return { type, data: current, occurredAt: metadata.occurredAt, id, stream, revision, position, metadata };
    },
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
