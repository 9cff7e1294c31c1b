import { randomUUID } from 'node:crypto';
import { EventStore, execute } from '@atrium/event-store';
import type { EventSource } from './event-source.js';
import { ProjectionRunner } from './loop/projection-runner.js';
import { Bench, reaches } from './spec-support/bench.js';
import { counted, counters, opened, type CounterEvent } from './spec-support/counters.js';

let bench: Bench;
let store: EventStore;
const category = `counter${randomUUID().slice(0, 8)}`;
beforeAll(async () => {
  bench = await Bench.open();
  store = EventStore.connect({ url: process.env['ATRIUM_TEST_EVENT_STORE_URL'] as string });
});
afterAll(async () => {
  await store.dispose();
  await bench.close();
});

const patienceMs = 20_000;

async function write(id: string, ...events: CounterEvent[]): Promise<bigint> {
  const outcome = await execute<CounterEvent, number>(store, {
    stream: `${category}-${id}`, creates: false, initialState: 0, evolve: (state) => state + 1, decide: () => events, now: Date.now,
    identity: { commandId: randomUUID(), requestHash: 'h', correlationId: 'c', actor: { id: 'a', role: 'agent' }, mallId: 'main' },
  });
  return outcome.kind === 'accepted' ? outcome.position : -1n;
}

it('follows the log, passes over what others write, and is rebuilt from it while it grows', async () => {
  const source: EventSource = store;
  const runner = new ProjectionRunner({
    name: 'views', dataSource: bench.dataSource, source, projections: [{ ...counters, categories: [category] }], rebuildBatchSize: 20, batchSize: 7,
  });
  runner.start();
  try {
    let end = -1n;
    for (let i = 0; i < 30; i++) end = await write(`${i}`, opened(`${i}`), counted(`${i}`, i), counted(`${i}`, 1));
    await runner.waitFor(end, patienceMs);
    const expected = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}`, i + 1]));
    expect(await bench.totals()).toEqual(expected);

    await runner.rebuild('counters');
    for (let i = 0; i < 30; i++) end = await write(`${i}`, counted(`${i}`, 1_000));
    await reaches(runner, ({ projections }) => projections[0]?.rebuild === undefined);
    await runner.waitFor(end, patienceMs);
    expect(await bench.totals()).toEqual(Object.fromEntries(Object.entries(expected).map(([id, total]) => [id, total + 1_000])));
    expect(await bench.tables()).toContain('counters_v1_g2');
    expect(runner.status()).toMatchObject({ state: 'running', projections: [{ name: 'counters' }] });
  } finally {
    await runner.stop();
  }
});
