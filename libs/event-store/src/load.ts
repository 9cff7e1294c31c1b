import type { ClientReadableStream } from '@grpc/grpc-js';
import type { Recorded } from '@atrium/kernel';
import { DeadlinePassed } from './deadline.js';
import { openRead, toDriverError } from './driver-calls.js';
import { unavailable } from './driver-errors.js';
import type { EventStore } from './event-store.js';
import { encodeReadStream, type ReadAnswer } from './wire/read.js';

/** Every event of a stream in order; empty when it does not exist. @throws EventStoreUnavailable, DamagedEvent */
export async function loadStream(store: EventStore, stream: string): Promise<Recorded[]> {
  const answers = await readToEnd(store, encodeReadStream(stream)).catch((error: unknown) => { throw unavailable(error); });
  const events: Recorded[] = [];
  for (const answer of answers) {
    const event = answer.kind === 'event' ? store.codec.decode(answer.event) : undefined;
    if (event) events.push(event);
  }
  return events;
}

/** The deadline holds for finding the node, too: a cluster without a leader is asked for one many times. */
function readToEnd({ client, deadlineMs }: EventStore, request: Buffer): Promise<ReadAnswer[]> {
  return new Promise((resolve, reject) => {
    let call: ClientReadableStream<ReadAnswer> | undefined;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DeadlinePassed(deadlineMs));
      call?.cancel();
    }, deadlineMs);
    const listen = (opened: ClientReadableStream<ReadAnswer>): void => {
      call = opened;
      const answers: ReadAnswer[] = [];
      call
        .on('data', (answer: ReadAnswer) => answers.push(answer))
        .on('end', () => resolve(answers))
        .on('error', (error: Error) => reject(toDriverError(error)))
        .on('close', () => clearTimeout(timer));
      if (isLate) call.cancel();
    };
    openRead(client, request).then(listen).catch((error: unknown) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
