import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { count, freshStream } from './counter.fixture.js';
import { outcomeIsUnknown } from './driver-errors.js';
import { EventStoreUnavailable, OutcomeUnknown } from './errors.js';
import { connectionState, EventStore } from './event-store.js';
import { execute } from './execute.js';
import { loadStream } from './load.js';

// Nothing listens there.
const url = 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false&discoveryInterval=10&maxDiscoverAttempts=3';

let store: EventStore;
beforeEach(() => { store = EventStore.connect({ url }); });
afterEach(() => store.dispose());

it('is said to be away by whatever asks for it', async () => {
  await expect(loadStream(store, freshStream())).rejects.toThrow(EventStoreUnavailable);
  await expect(store.subscribe({ prefixes: ['counter-'] })[Symbol.asyncIterator]().next()).rejects.toThrow(EventStoreUnavailable);
  await expect(store.lastPosition()).rejects.toThrow(EventStoreUnavailable);
  expect(await connectionState(store)).toBe('The event store is not reachable');
  await expect(execute(store, count(freshStream(), 1))).rejects.toThrow(EventStoreUnavailable);
  await expect(execute(store, count(freshStream(), 1, { creates: true }))).rejects.toThrow(OutcomeUnknown);
  const failure: unknown = await store.append(freshStream(), [{ id: randomUUID(), type: 'Counted', data: {}, metadata: {} }], undefined).catch((error: unknown) => error);
  expect(outcomeIsUnknown(failure)).toBe(true);
});

it('does not keep a load waiting for longer than its deadline', async () => {
  const patient = EventStore.connect({ url: url.replace('maxDiscoverAttempts=3', 'maxDiscoverAttempts=20'), deadlineMs: 50 });
  await expect(loadStream(patient, freshStream())).rejects.toThrow(EventStoreUnavailable);
});
