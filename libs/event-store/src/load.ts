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

async function readToEnd({ client, deadlineMs }: EventStore, request: Buffer): Promise<ReadAnswer[]> {
  const call = await openRead(client, request);
  return new Promise((resolve, reject) => {
    const answers: ReadAnswer[] = [];
    const timer = setTimeout(() => {
      reject(new DeadlinePassed(deadlineMs));
      call.cancel();
    }, deadlineMs);
    call
      .on('data', (answer: ReadAnswer) => answers.push(answer))
      .on('end', () => resolve(answers))
      .on('error', (error: Error) => reject(toDriverError(error)))
      .on('close', () => clearTimeout(timer));
  });
}
