import { LogRecord } from '../log/record.js';
import { Subscription } from './subscription.js';
import type { Outlet } from './outlet.js';

const record = (position: number): LogRecord =>
  LogRecord.encode(
    { position, stream: 's-1', revision: position, createdMs: 0 },
    { id: Buffer.alloc(16), type: 'T', contentType: 'application/json', metadata: Buffer.alloc(0), data: Buffer.alloc(0) },
  );

describe('Subscription', () => {
  it('takes nothing more from the log while its client is behind', () => {
    const outlet = { ready: true, sent: 0, send: (messages: readonly Buffer[]) => {
      outlet.sent += messages.length;
      outlet.ready = false;
    } };
    let taken = 0;
    const cursor = { next: (limit: number) => Array.from({ length: limit }, () => record((taken += 1))) };
    const subscription = new Subscription(outlet as unknown as Outlet, { cursor, filter: undefined, checkpointEvery: 0, encode: ({ value }) => value });
    subscription.pump();
    const first = taken;
    for (let commit = 0; commit < 10; commit += 1) subscription.pump();
    expect([taken, outlet.sent]).toEqual([first, first]);
    outlet.ready = true;
    subscription.pump();
    expect(taken).toBe(2 * first);
  });

  it('lets others have a turn while it reads a long history', () => {
    const outlet = { ready: true, send: () => undefined };
    const cursor = { next: (limit: number) => Array.from({ length: limit }, () => record(1)) };
    const subscription = new Subscription(outlet as unknown as Outlet, { cursor, filter: () => false, checkpointEvery: 1_000_000, encode: ({ value }) => value });
    expect(subscription.pump()).toBe(true);
  });
});
