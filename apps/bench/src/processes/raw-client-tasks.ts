import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM, START, streamNameFilter, type EventData } from '@eventstore/db-client';
import { quantile } from '../measuring/statistics.js';
import { inFlight } from './in-flight.js';

/** An event as it lies in a log, without its place. Metadata as bytes: the driver is faster with them than with an object. */
export interface StoredEvent {
  readonly type: string;
  readonly data: object;
  readonly metadata: Uint8Array;
}

/** What one append carried, and the stream it made. */
export interface StoredAppend {
  readonly stream: string;
  readonly events: readonly StoredEvent[];
}

const encoder = new TextEncoder();
let client: EventStoreDBClient;

/** The driver by itself, as its documentation shows it: one connection for all tasks of this process. */
export async function connect({ url }: { readonly url: string }): Promise<void> {
  client = EventStoreDBClient.connectionString(url);
}

const proposal = ({ type, data, metadata }: StoredEvent): EventData => jsonEvent({ id: randomUUID(), type, data: data as Record<string, never>, metadata });

/** So many appends of 1 KB, each slot to a stream of its own at its exact revision. Answers appends a second and the median's milliseconds. */
export async function appendDurably({ appends, slots }: { readonly appends: number; readonly slots: number }): Promise<{ perSecond: number; p50Ms: number }> {
  const data = { text: randomBytes(384).toString('hex') };
  const metadata = encoder.encode(JSON.stringify({ text: randomBytes(64).toString('hex') }));
  const streams = Array.from({ length: slots }, () => `durable-${randomUUID()}`);
  const latencies: number[] = [];
  const seconds = await inFlight(streams, slots, async (stream) => {
    for (let count = 0; count < Math.ceil(appends / slots); count += 1) {
      const startedAt = performance.now();
      await client.appendToStream(stream, proposal({ type: 'Measured', data, metadata }), { expectedRevision: count === 0 ? NO_STREAM : BigInt(count - 1) });
      latencies.push(performance.now() - startedAt);
    }
  });
  return { perSecond: latencies.length / seconds, p50Ms: quantile(latencies, 0.5) };
}

/** Makes streams of the same events. Answers appends a second. */
export async function appendEach({ streams, events, many }: { readonly streams: readonly string[]; readonly events: readonly StoredEvent[]; readonly many: number }): Promise<number> {
  const seconds = await inFlight(streams, many, async (stream) => {
    await client.appendToStream(stream, events.map(proposal), { expectedRevision: NO_STREAM });
  });
  return streams.length / seconds;
}

/** Reads each stream to its end and appends one event at the revision met. Answers streams a second. */
export async function readThenAppend({ streams, event, many }: { readonly streams: readonly string[]; readonly event: StoredEvent; readonly many: number }): Promise<number> {
  const seconds = await inFlight(streams, many, async (stream) => {
    let revision = -1n;
    for await (const resolved of client.readStream(stream)) revision = resolved.event?.revision ?? revision;
    await client.appendToStream(stream, proposal(event), { expectedRevision: revision });
  });
  return streams.length / seconds;
}

/** Each append again, to a stream of its own. Answers appends a second. */
export async function replay({ appends, streams, many }: { readonly appends: readonly StoredAppend[]; readonly streams: readonly string[]; readonly many: number }): Promise<number> {
  const seconds = await inFlight(appends, many, async ({ events }, index) => {
    await client.appendToStream(streams[index] as string, events.map(proposal), { expectedRevision: NO_STREAM });
  });
  return appends.length / seconds;
}

/** Every event of the streams with a prefix, in the order of the log, as appends: neighbours of one stream came together. */
export async function eventsOf({ prefix }: { readonly prefix: string }): Promise<StoredAppend[]> {
  const appends: { stream: string; events: StoredEvent[] }[] = [];
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event === undefined || !event.streamId.startsWith(prefix)) continue;
    const stored = { type: event.type, data: event.data as object, metadata: encoder.encode(JSON.stringify(event.metadata)) };
    const last = appends.at(-1);
    if (last?.stream === event.streamId) last.events.push(stored);
    else appends.push({ stream: event.streamId, events: [stored] });
  }
  return appends;
}

/** The names of the first streams with a prefix, so many at most. */
export async function streamsOf({ prefix, count }: { readonly prefix: string; readonly count: number }): Promise<string[]> {
  const streams = new Set<string>();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event?.streamId.startsWith(prefix) === true) streams.add(event.streamId);
    if (streams.size === count) break;
  }
  return [...streams];
}

export async function eventCount({ prefix }: { readonly prefix: string }): Promise<number> {
  let count = 0;
  for await (const { event } of client.readAll({ fromPosition: START })) if (event?.streamId.startsWith(prefix) === true) count += 1;
  return count;
}

const departments = ['工程部', '商管部', '保洁部', '安保部'];
const channels = ['desk', 'phone', 'web'];

/** Fills the log with cases of so many events each, written case by case. */
export async function seedCases({ cases, eventsEach }: { readonly cases: number; readonly eventsEach: number }): Promise<void> {
  const ids = Array.from({ length: cases }, () => randomUUID());
  await inFlight(ids, 64, async (caseId, index) => {
    const events = Array.from({ length: eventsEach }, (_, step): StoredEvent => {
      const occurredAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000 + step * 1_000).toISOString();
      return {
        type: 'Noted',
        data: { caseId, step, department: departments[(index + step) % departments.length], channel: channels[index % channels.length], text: `第${step}次回访：工程师已到场，更换上行按钮需要两小时，顾客表示可以等待。${index}`, dueAt: step % 2 === 0 ? occurredAt : null },
        metadata: encoder.encode(JSON.stringify({
          commandId: randomUUID(), requestHash: 'uD1aF0v0T2pLp4n5mJ0yZr3k1pWl8r0hT0kq3nqzYbE', correlationId: randomUUID(), actor: { id: 'bench', role: 'agent' }, mallId: 'main', occurredAt, recordedAt: occurredAt, schemaVersion: 1,
        })),
      };
    });
    await client.appendToStream(`noted-${caseId}`, events.map(proposal), { expectedRevision: NO_STREAM });
  });
}

/**
 * What the streams with a prefix hold: a digest of types and data in order, and how many streams have it. Digits count as
 * one another, so that ids and times do not tell streams apart.
 */
export async function contents({ prefix }: { readonly prefix: string }): Promise<Map<string, number>> {
  const streams = new Map<string, string[]>();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (event === undefined || !event.streamId.startsWith(prefix)) continue;
    const text = `${event.type} ${JSON.stringify(event.data)}`.replaceAll(/\d/g, '0');
    streams.set(event.streamId, [...(streams.get(event.streamId) ?? []), text]);
  }
  const digests = new Map<string, number>();
  for (const texts of streams.values()) {
    const digest = createHash('sha256').update(texts.join('\n')).digest('base64url');
    digests.set(digest, (digests.get(digest) ?? 0) + 1);
  }
  return digests;
}

/** Takes so many events of the streams with a prefix and does nothing with them. Answers events a second. */
export async function noopSubscription({ prefix, events }: { readonly prefix: string; readonly events: number }): Promise<number> {
  const startedAt = performance.now();
  const subscription = client.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ prefixes: [prefix] }) });
  let count = 0;
  for await (const _ of subscription) {
    count += 1;
    if (count === events) break;
  }
  return events / ((performance.now() - startedAt) / 1_000);
}
