import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadRequest } from '../wire/read-request.js';

export type ReadCall = ServerWritableStream<ReadRequest, Buffer>;

/** The client's end of a read: remembers whether the client has fallen behind what was sent. */
export class Outlet {
  private blocked = false;
  private closed = false;

  /** `onReady` is called when the client has taken what was sent, after it had fallen behind. */
  constructor(
    private readonly call: ReadCall,
    onReady: () => void,
  ) {
    call.on('drain', () => {
      this.blocked = false;
      if (!this.closed) onReady();
    });
  }

  get ready(): boolean {
    return !this.blocked && !this.closed;
  }

  send(messages: readonly Buffer[]): void {
    if (this.closed) return;
    for (const message of messages) if (!this.call.write(message)) this.blocked = true;
  }

  end(): void {
    this.closed = true;
    this.call.end();
  }

  /** Nothing more is sent, because the client has gone. */
  close(): void {
    this.closed = true;
  }
}
