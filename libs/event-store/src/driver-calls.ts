import { DeadlineExceededError, UnavailableError, UnknownError, type EventStoreDBClient } from '@eventstore/db-client';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import unpackErrors from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import driver from '@eventstore/db-client/dist/utils/CommandError.js';
import { Client, type CallOptions, type ClientDuplexStream, type ClientReadableStream, type Metadata } from '@grpc/grpc-js';
import { decodeBatchAppendAnswer, encodeBatchAppend, type BatchAppend, type BatchAppendAnswer } from './wire/batch-append.js';
import { decodeReadAnswer, type ReadAnswer } from './wire/read.js';

const SERVICE = '/event_store.client.streams.Streams';

const asItIs = (bytes: Buffer): Buffer => bytes;

/** The two calls of the log that carry events, with codecs of our own: the driver's spend most of such a call's time. */
class StreamsCalls extends Client {
  read(request: Buffer, metadata: Metadata, options: CallOptions): ClientReadableStream<ReadAnswer> {
    return this.makeServerStreamRequest(`${SERVICE}/Read`, asItIs, decodeReadAnswer, request, metadata, options);
  }

  batchAppend(metadata: Metadata, options: CallOptions): AppendCall {
    return this.makeBidiStreamRequest(`${SERVICE}/BatchAppend`, asItIs, decodeBatchAppendAnswer, metadata, options);
  }
}

type AppendCall = ClientDuplexStream<Buffer, BatchAppendAnswer>;

/**
 * What the driver keeps for its own methods and those who extend it: they make calls on its connection, find the node,
 * add credentials, and connect anew after an error.
 */
interface DriverInside {
  readonly GRPCStreamCreator: <Call>(kind: typeof StreamsCalls, name: string, create: (calls: StreamsCalls) => Call, cache?: WeakMap<StreamsCalls, Call | Promise<Call>>) => () => Promise<Call>;
  readonly callArguments: (base: object, options: CallOptions) => [Metadata, CallOptions];
  readonly supports: (method: { readonly path: string }) => Promise<boolean>;
}

const CALL_OPTIONS: CallOptions = { deadline: Infinity };
const NAME = 'atrium';

/** An error of a call as the driver tells it. */
export const toDriverError = (error: Error): Error => driver.convertToCommandError(error) as Error;

export const openRead = (client: EventStoreDBClient, request: Buffer): Promise<ClientReadableStream<ReadAnswer>> => {
  const { GRPCStreamCreator, callArguments } = client as unknown as DriverInside;
  return GRPCStreamCreator(StreamsCalls, NAME, (calls) => calls.read(request, ...callArguments({}, CALL_OPTIONS)))();
};

interface Waiting {
  readonly resolve: (position: bigint) => void;
  readonly reject: (error: unknown) => void;
}

/** Appends of one process over one call, answered in any order. */
export class AppendCalls {
  private readonly calls = new WeakMap<StreamsCalls, AppendCall | Promise<AppendCall>>();
  private readonly waiting = new Map<string, Waiting & { readonly call: AppendCall }>();
  private readonly blocked = new WeakMap<AppendCall, Promise<void>>();
  private readonly open: () => Promise<AppendCall>;

  constructor(private readonly client: EventStoreDBClient) {
    const { GRPCStreamCreator, callArguments } = client as unknown as DriverInside;
    this.open = GRPCStreamCreator(StreamsCalls, NAME, (calls) => this.listen(calls, calls.batchAppend(...callArguments({}, CALL_OPTIONS))), this.calls);
  }

  /** Whether the server takes appends this way; it is asked once a connection. */
  isSupported(): Promise<boolean> {
    return (this.client as unknown as DriverInside).supports({ path: `${SERVICE}/BatchAppend` });
  }

  /** The position of the append's last event. @throws the driver's errors */
  async append(append: BatchAppend): Promise<bigint> {
    const bytes = encodeBatchAppend(append);
    let call = await this.open();
    for (let turn = this.blocked.get(call); turn !== undefined; turn = this.blocked.get(call)) {
      await turn;
      if (Date.now() >= append.deadlineMs) throw new DeadlineExceededError();
      call = await this.open();
    }
    return new Promise((resolve, reject) => {
      this.waiting.set(append.correlationId, { resolve, reject, call });
      if (!call.write(bytes)) this.wait(call);
    });
  }

  /** Nobody waits for its answer any more. */
  forget(correlationId: string): void {
    this.waiting.delete(correlationId);
  }

  /** Until the connection has taken what was written. */
  private wait(call: AppendCall): void {
    this.blocked.set(call, new Promise((resolve) => {
      const over = (): void => {
        this.blocked.delete(call);
        resolve();
      };
      call.once('drain', over).once('close', over);
    }));
  }

  private listen(calls: StreamsCalls, call: AppendCall): AppendCall {
    return call
      .on('data', (answer: BatchAppendAnswer) => {
        const waiting = this.waiting.get(answer.correlationId);
        this.waiting.delete(answer.correlationId);
        if (answer.position !== undefined) waiting?.resolve(answer.position);
        else waiting?.reject(failureOf(answer.bytes));
      })
      .on('error', (error: Error) => this.endAll(call, toDriverError(error)))
      // The server may also end the call in order: what it has not answered is then as unknown as after an error, and the driver
      // would go on with a call of which only one half is over.
      .on('end', () => {
        this.calls.delete(calls);
        this.endAll(call, new UnavailableError());
      });
  }

  private endAll(call: AppendCall, error: unknown): void {
    // Whoever waits for it to take more goes on with another; the driver forgets it.
    call.destroy();
    for (const [correlationId, waiting] of this.waiting) {
      if (waiting.call !== call) continue;
      this.waiting.delete(correlationId);
      waiting.reject(error);
    }
  }
}

/** By the driver's own classes, which know every error of the protocol. */
function failureOf(bytes: Buffer): Error {
  const answer = streams.BatchAppendResp.deserializeBinary(bytes);
  const error = answer.getError();
  if (error === undefined) return new Error('The event store acknowledged an append without its position');
  // The driver takes it that details are always there.
  if (error.getDetails() === undefined) return new UnknownError(undefined, error.getMessage());
  return unpackErrors.unpackToCommandError(error, Buffer.from(answer.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'));
}
