import { credentials, Client, type ClientDuplexStream, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

const STREAMS = '/event_store.client.streams.Streams';

interface Subscription {
  readonly after: bigint;
  readonly prefixes: string[];
  readonly window: number;
  readonly checkpointMultiplier: number;
}

/** Speaks to the server below the official client: sends any bytes, and sees answers in the order of the wire. */
export class RawClient {
  private readonly client: Client;

  constructor(port: number) {
    this.client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  close(): void {
    this.client.close();
  }

  unary(path: string, request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(path, asIs, asIs, request, (error, answer) => (error ? reject(error) : resolve(answer as Buffer)));
    });
  }

  read(request: Buffer): ClientReadableStream<streams.ReadResp> {
    return this.client.makeServerStreamRequest(`${STREAMS}/Read`, asIs, (bytes) => streams.ReadResp.deserializeBinary(bytes), request);
  }

  subscribeToAll({ after, prefixes, window, checkpointMultiplier }: Subscription): ClientReadableStream<streams.ReadResp> {
    const position = new streams.ReadReq.Options.Position().setCommitPosition(after.toString()).setPreparePosition(after.toString());
    const filter = new streams.ReadReq.Options.FilterOptions()
      .setStreamIdentifier(new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList(prefixes))
      .setMax(window)
      .setCheckpointintervalmultiplier(checkpointMultiplier);
    const options = new streams.ReadReq.Options()
      .setAll(new streams.ReadReq.Options.AllOptions().setPosition(position))
      .setSubscription(new streams.ReadReq.Options.SubscriptionOptions())
      .setFilter(filter)
      .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
    return this.read(Buffer.from(new streams.ReadReq().setOptions(options).serializeBinary()));
  }

  batchAppend(): ClientDuplexStream<Buffer, streams.BatchAppendResp> {
    return this.client.makeBidiStreamRequest(`${STREAMS}/BatchAppend`, asIs, (bytes) => streams.BatchAppendResp.deserializeBinary(bytes));
  }

  /** The error of a call that is expected to fail. */
  async append(...requests: Buffer[]): Promise<ServiceError | streams.AppendResp> {
    return new Promise((resolve) => {
      const call = this.client.makeClientStreamRequest(`${STREAMS}/Append`, asIs, (bytes) => streams.AppendResp.deserializeBinary(bytes), (error, answer) => resolve(error ?? (answer as streams.AppendResp)));
      for (const request of requests) call.write(request);
      call.end();
    });
  }
}

const asIs = (bytes: Buffer): Buffer => bytes;
