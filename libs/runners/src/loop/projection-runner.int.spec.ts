import type { EventStore } from '@atrium/event-store';
import type { EventSource } from '../event-source.js';
import { ArraySource, type Delivery } from '../spec-support/array-source.js';
import { Bench, reaches, until } from '../spec-support/bench.js';
import { counted, opened, removed } from '../spec-support/counters.js';
import { WaitTimedOut } from './status.js';

let bench: Bench;
beforeEach(async () => { bench = await Bench.open(); });
afterEach(() => bench.close());

const patienceMs = 20_000;

const story = (source: ArraySource): bigint => {
  source.append('counter-a', opened('a', '电梯 "quoted" \\ {1,2}'), counted('a', 2), counted('a', 3));
  source.append('other-1', counted('a', 1_000));
  source.append('counter-b', opened('b'), counted('b'), removed('b'), opened('b', 'again'), counted('b', 7, 9));
  source.append('counter-c', opened('c'), removed('c'));
  return source.append('counter-a', counted('a', 5, 11));
};

it('accepts the event store as a source', () => {
  const source = (store: EventStore): EventSource => store;
  expect(source).toBeDefined();
});

describe('a projection', () => {
  const deliveries: Record<string, Delivery> = {
    'one event at a time': { batchSize: 1 },
    'all events at once': {},
    'one event at a time, all of them repeatedly': { batchSize: 1, repeating: true },
    'batches of three, repeated and out of order': { batchSize: 3, repeating: true },
    'all events at once, twice and backwards': { repeating: true },
  };
  for (const [name, delivery] of Object.entries(deliveries)) {
    it(`has the same rows from ${name}`, async () => {
      const source = new ArraySource(delivery);
      const runner = bench.start(source);
      await runner.waitFor(story(source), patienceMs);

      expect(await bench.rows()).toEqual([
        { id: 'a', title: '电梯 "quoted" \\ {1,2}', total: 10, last_at: new Date('2026-01-01T00:00:11.000Z'), seen: ['event-10', 'event-20', 'event-110'] },
        { id: 'b', title: 'again', total: 7, last_at: new Date('2026-01-01T00:00:09.000Z'), seen: ['event-80'] },
      ]);
    });
  }

  it('goes on from where it was after a restart', async () => {
    const source = new ArraySource();
    const first = bench.start(source);
    await first.waitFor(story(source), patienceMs);
    await first.stop();
    expect(first.status().state).toBe('stopped');
    await bench.start(source).waitFor(source.append('counter-a', counted('a', 90)), patienceMs);

    expect(await bench.totals()).toEqual({ a: 100, b: 7 });
  });

  it('is opened and read by TypeORM through the view', async () => {
    const source = new ArraySource();
    await bench.start(source).waitFor(story(source), patienceMs);
    const row = await bench.dataSource.getRepository('counters').findOneByOrFail({ id: 'b' });

    expect(row).toEqual({ id: 'b', title: 'again', total: 7, lastAt: new Date('2026-01-01T00:00:09.000Z'), seen: ['event-80'] });
    expect(await bench.tables()).toEqual(['counters_v1']);
    const indices = await bench.database.query(`SELECT indexdef FROM pg_indexes WHERE tablename = 'counters_v1' ORDER BY indexname`);
    expect(indices.map((index) => (index as { indexdef: string }).indexdef.replace(/^.* USING /, ''))).toEqual(['btree (title)', 'gin (seen)', 'btree (id)']);
  });
});

describe('waiting', () => {
  it('resolves for a position that comes later', async () => {
    const source = new ArraySource();
    const runner = bench.start(source);
    await runner.waitFor(-1n, patienceMs);
    const waiting = runner.waitFor(10n, patienceMs);
    source.append('counter-a', opened('a'), counted('a', 4));
    await waiting;

    expect(await bench.totals()).toEqual({ a: 4 });
  });

  it('says where it is when the time is over', async () => {
    const source = new ArraySource();
    const runner = bench.start(source);
    await runner.waitFor(source.append('counter-a', opened('a')), patienceMs);

    await expect(runner.waitFor(99n, 1)).rejects.toEqual(new WaitTimedOut('views', 99n, 0n));
  });

  it('works in a standby, which takes over when the active one stops', async () => {
    const source = new ArraySource();
    const active = bench.start(source);
    await active.waitFor(story(source), patienceMs);
    const standby = bench.start(source, { dataSource: bench.process() });
    const waiting = standby.waitFor(120n, patienceMs);
    expect(standby.status()).toMatchObject({ state: 'standby', position: undefined });
    source.append('counter-a', counted('a', 90));
    await waiting;
    expect(await bench.totals()).toEqual({ a: 100, b: 7 });
    expect(standby.status().state).toBe('standby');

    await active.stop();
    await reaches(standby, ({ state }) => state === 'running');
    await standby.waitFor(source.append('counter-a', counted('a', 900)), patienceMs);
    expect(await bench.totals()).toEqual({ a: 1_000, b: 7 });
  });
});

describe('when things break', () => {
  it('a connection killed between position and rows leaves neither, and the runner goes on', async () => {
    const source = new ArraySource();
    const runner = bench.start(source);
    await runner.waitFor(story(source), patienceMs);
    const barrier = await bench.blockWritesTo('counters_v1');
    const end = source.append('counter-a', counted('a', 90), counted('b', 3));
    const pid = await barrier.reached();

    expect(await bench.database.endConnections(`pid = ${pid}`)).toBe(1);
    await reaches(runner, ({ state, error }) => state === 'degraded' && error?.message === 'The connection to PostgreSQL was lost');
    expect(await bench.totals()).toEqual({ a: 10, b: 7 });
    expect(await bench.database.query('SELECT position FROM runner_positions')).toEqual([{ position: '110' }]);

    await barrier.release();
    await runner.waitFor(end, patienceMs);
    expect(await bench.totals()).toEqual({ a: 100, b: 10 });
    await reaches(runner, ({ state, error }) => state === 'running' && error === undefined);
  });

  it('PostgreSQL away is degraded, and over when it is back', async () => {
    const source = new ArraySource();
    const runner = bench.start(source);
    await runner.waitFor(story(source), patienceMs);
    await bench.database.goAway();
    await reaches(runner, ({ state, error }) => state === 'degraded' && error !== undefined);
    const end = source.append('counter-a', counted('a', 90));
    await expect(runner.waitFor(end, 5)).rejects.toEqual(new WaitTimedOut('views', end, undefined));

    await bench.database.comeBack();
    await runner.waitFor(end, patienceMs);
    expect(runner.status()).toMatchObject({ state: 'running', position: end });
    expect(await bench.totals()).toEqual({ a: 100, b: 7 });
  });

  it('a runner may start before its database does', async () => {
    const source = new ArraySource();
    const end = story(source);
    await bench.database.goAway();
    const runner = bench.start(source);
    await reaches(runner, ({ state }) => state === 'degraded');
    await bench.database.comeBack();
    await runner.waitFor(end, patienceMs);

    expect(await bench.totals()).toEqual({ a: 10, b: 7 });
  });

  it('a log that is away is degraded, and over when it is back', async () => {
    const source = new ArraySource();
    const runner = bench.start(source);
    await runner.waitFor(story(source), patienceMs);
    source.fail(new Error('王小明'));
    await reaches(runner, ({ state }) => state === 'degraded');
    expect(runner.status().error?.message).toMatch(/^Error at projection-runner\.int\.spec\.ts:\d+$/);
    source.recover();
    await runner.waitFor(source.append('counter-a', counted('a', 90)), patienceMs);
    await reaches(runner, ({ state }) => state === 'running');

    expect(await bench.totals()).toEqual({ a: 100, b: 7 });
  });

  it('a stalled runner that wakes up after another took over does no harm', async () => {
    const source = new ArraySource();
    let wakeUp: () => void = () => undefined;
    let hasStalled = false;
    const stalled = bench.start(source, {
      dataSource: bench.process(),
      prepare: (events) => new Promise((resolve) => {
        if (hasStalled) return resolve(events);
        hasStalled = true;
        wakeUp = () => resolve(events);
      }),
    });
    const end = story(source);
    await until(() => hasStalled);
    const other = bench.start(source);
    await reaches(other, ({ state }) => state === 'standby');
    await bench.database.endConnections(`pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`);
    await other.waitFor(end, patienceMs);
    wakeUp();
    await reaches(stalled, ({ state }) => state === 'standby');

    expect(await bench.totals()).toEqual({ a: 10, b: 7 });
  });

  it('two runners that both believe to be active leave the rows of one', async () => {
    const source = new ArraySource({ batchSize: 2 });
    const runners = ['one', 'other'].map((name) => bench.start(source, { name, dataSource: bench.process() }));
    let end = story(source);
    for (let i = 0; i < 200; i++) end = source.append('counter-a', counted('a'), counted('b'));
    await Promise.all(runners.map((runner) => runner.waitFor(end, patienceMs)));

    expect(await bench.totals()).toEqual({ a: 210, b: 207 });
  });
});
