import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent, type AllStreamResolvedEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import { startEventStoreServer, type EventStoreServer, type EventStoreServerOptions } from './index.js';

/** One event of the given number. */
export const event = (n: number, type = 'Counted'): EventData => jsonEvent({ id: randomUUID(), type, data: { n } });

export const events = (count: number, type?: string): EventData[] => Array.from({ length: count }, (_, n) => event(n, type));

export const freshStream = (category = 'count'): string => `${category}-${randomUUID()}`;

export const revisionsOf = (resolved: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): (bigint | undefined)[] => resolved.map((each) => each.event?.revision);

export const collect = async <T>(source: AsyncIterable<T>, atMost = Infinity): Promise<T[]> => {
  const collected: T[] = [];
  for await (const each of source) {
    collected.push(each);
    if (collected.length === atMost) break;
  }
  return collected;
};

/** Resolves when the condition holds; the runner's time limit is the limit. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await nextTurn();
};

export interface ServedFolder {
  readonly server: EventStoreServer;
  readonly client: EventStoreDBClient;
  readonly folder: string;
  /** Stops the server and starts it anew on the same folder and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A server in this process with a log of its own, and the official client connected to it. */
export const serveFolder = async (options: Partial<EventStoreServerOptions> = {}): Promise<ServedFolder> => {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-event-store-server-'));
  let server = await startEventStoreServer({ folder, ...options });
  const client = EventStoreDBClient.connectionString(server.url);
  return {
    get server() {
      return server;
    },
    client,
    folder,
    restart: async () => {
      await server.stop();
      server = await startEventStoreServer({ folder, ...options, port: server.port });
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
