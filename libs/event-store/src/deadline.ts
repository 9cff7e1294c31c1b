import type { StreamingRead } from '@eventstore/db-client';

/** No answer in time; the work may have been done all the same. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
  constructor(deadlineMs: number) {
    super(`No answer within ${deadlineMs} ms`);
  }
}

/** The driver waits for ever when an answer is lost with its connection half open. @throws DeadlinePassed */
export async function withinDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(deadlineMs)), deadlineMs);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // It may still fail after the deadline has been reported.
  }
}

/** Reads to the end, always: the driver leaves a call open for ever when its events are not taken. @throws DeadlinePassed */
export async function takeAll<T>(read: StreamingRead<T>, deadlineMs: number, take: (item: T) => void): Promise<void> {
  const timer = setTimeout(() => {
    read.destroy(new DeadlinePassed(deadlineMs));
    void read.cancel();
  }, deadlineMs);
  try {
    for await (const item of read) take(item as T);
  } finally {
    clearTimeout(timer);
  }
}
