import {
  Server,
  ServerCredentials,
  type handleUnaryCall,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import { Appender } from './append/appender.js';
import { serveAppend } from './grpc/append.js';
import { healthAnswer, supportedMethodsAnswer } from './grpc/answers.js';
import { serveBatchAppend } from './grpc/batch-append.js';
import { OpenCalls } from './grpc/open-calls.js';
import { Reads } from './grpc/read.js';
import { featuresService, healthService, streamsService } from './grpc/services.js';
import { EventLog } from './log/event-log.js';
import { openDiskStorage, type OpenStorage } from './log/disk-storage.js';
import { MemoryStorage } from './log/memory-storage.js';
import type { ReadCall } from './read/outlet.js';
import type { AppendMessage, BatchAppendChunk } from './wire/append-request.js';

const MAXIMUM_APPEND_BYTES = 1024 * 1024;
const MAXIMUM_MESSAGE_BYTES = 17 * 1024 * 1024;

export interface EventStoreServerOptions {
  /** Created if it does not exist; one server at a time may use it. */
  readonly folder: string;
  readonly host?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** `memory` keeps nothing: for measurements and specs. */
  readonly storage?: 'disk' | 'memory';
  /** Bytes of data one append may carry; 1 MiB by default. */
  readonly maximumAppendBytes?: number;
  /** Told when the log cannot be read or written; by default a line goes to the error output. */
  readonly onFailure?: (error: unknown) => void;
}

export interface EventStoreStatistics {
  /** Commits of the log that were flushed to disk, since the start. */
  readonly flushes: number;
  /** Appends answered since the start, refusals included. */
  readonly acknowledged: number;
  /** Subscriptions, reads and append calls that are open. */
  readonly openCalls: number;
}

export interface EventStoreServer {
  readonly port: number;
  /** A connection string for the official clients. */
  readonly url: string;
  /** Answers what was asked for, ends open calls and closes the log. */
  stop(): Promise<void>;
  statistics(): EventStoreStatistics;
}

/** Throws `FolderInUse`, `DamagedLog`, or the error of a port that cannot be listened on. */
export const startEventStoreServer = async (options: EventStoreServerOptions): Promise<EventStoreServer> => {
  const { folder, host = '127.0.0.1', port = 0, maximumAppendBytes = MAXIMUM_APPEND_BYTES } = options;
  let clean = true;
  const onFailure = (error: unknown): void => {
    clean = false;
    (options.onFailure ?? reportFailure)(error);
  };
  const { storage, close } = options.storage === 'memory' ? openMemoryStorage() : await openDiskStorage(folder);
  const log = new EventLog(storage);
  const appender = new Appender(log, storage.last()?.createdMs ?? 0, { maximumAppendBytes, onFailure });
  const openCalls = new OpenCalls();
  const reads = new Reads(log, openCalls, onFailure);
  const appends = { appender, maximumAppendBytes, openCalls };
  const server = new Server({ 'grpc.max_receive_message_length': MAXIMUM_MESSAGE_BYTES, 'grpc.max_send_message_length': -1 });
  const answerWith =
    (answer: () => Buffer): handleUnaryCall<unknown, Buffer> =>
    (_call, respond) => respond(null, answer());
  server.addService(streamsService, {
    read: (call: ReadCall) => reads.serve(call),
    append: (call: ServerReadableStream<AppendMessage, Buffer>, answer: sendUnaryData<Buffer>) => serveAppend(call, answer, appends),
    batchAppend: (call: ServerDuplexStream<BatchAppendChunk, Buffer>) => serveBatchAppend(call, appends),
  });
  server.addService(featuresService, { getSupportedMethods: answerWith(supportedMethodsAnswer) });
  server.addService(healthService, { check: answerWith(() => healthAnswer(!appender.hasFailed)) });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    openCalls.endAll();
    await shutDown(server);
    await appender.settled();
    await close({ clean });
  };
  try {
    const bound = await listen(server, host, port);
    return {
      port: bound,
      url: `esdb://${host}:${bound}?tls=false`,
      statistics: () => ({ ...appender.statistics, openCalls: openCalls.count }),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await close({ clean });
    throw error;
  }
};

const openMemoryStorage = (): OpenStorage => ({ storage: new MemoryStorage(), close: async () => undefined });

const reportFailure = (error: unknown): void => {
  process.stderr.write(`event store: ${error instanceof Error ? error.message : String(error)}\n`);
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });

/** Calls whose clients do not take their end within the grace are cut off. */
const GRACE_MS = 1_000;

const shutDown = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const grace = setTimeout(() => server.forceShutdown(), GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(grace);
      resolve();
    });
  });
