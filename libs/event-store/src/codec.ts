import { jsonEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import type { Event, EventMetadata, Recorded } from '@atrium/kernel';
import { DamagedEvent } from './errors.js';
import { upcaster, type Upcasts } from './upcast.js';

/** An event as the driver sends it, and its metadata as a later read gives it back. */
export interface Encoded {
  readonly proposal: EventData;
  readonly metadata: EventMetadata;
}

/** Between events and what the driver stores for them; `occurredAt` travels in the metadata. */
export interface Codec {
  encode(id: string, event: Event, metadata: Omit<EventMetadata, 'occurredAt' | 'schemaVersion'>): Encoded;
  /** Undefined for what is not an event of ours (system events, gone link targets). @throws DamagedEvent */
  decode(resolved: ResolvedEvent): Recorded | undefined;
}

export function createCodec(upcasts: Upcasts): Codec {
  const versions = upcaster(upcasts);
  return {
    encode(id, event, given) {
      const metadata = { ...given, occurredAt: event.occurredAt, schemaVersion: versions.currentVersion(event.type) };
      return { proposal: jsonEvent({ id, type: event.type, data: event.data as Record<string, never>, metadata: toBytes(metadata) }), metadata };
    },
    decode({ event }) {
      if (!event || event.type.startsWith('$')) return undefined;
      const { type, data, id, streamId: stream, revision, position } = event;
      const metadata = event.metadata as EventMetadata | undefined;
      if (!event.isJson || !isObject(data)) throw new DamagedEvent(stream, revision, 'its data is no JSON object');
      if (!isObject(metadata) || typeof metadata.occurredAt !== 'string' || typeof metadata.schemaVersion !== 'number') {
        throw new DamagedEvent(stream, revision, 'its metadata lacks occurredAt or schemaVersion');
      }
      if (!position) throw new DamagedEvent(stream, revision, 'the server gave no position');
      let current: unknown;
      try {
        current = versions.toCurrent(type, metadata.schemaVersion, data);
      } catch (error) {
        throw new DamagedEvent(stream, revision, (error as Error).message);
      }
      return { type, data: current, occurredAt: metadata.occurredAt, id, stream, revision, position: position.commit, metadata };
    },
  };
}

/** As bytes, because the driver turns an object into base64 and back, each time it serializes it. */
const toBytes = (metadata: EventMetadata): Uint8Array => encoder.encode(JSON.stringify(metadata));
const encoder = new TextEncoder();

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
