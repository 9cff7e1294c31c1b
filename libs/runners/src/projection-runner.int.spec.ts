import { createDatabase, type TestDatabase } from '@atrium/testing';
import type { DataSource } from 'typeorm';
import { ProjectionRunner, type ProjectionRunnerOptions } from './loop/projection-runner.js';
import { WaitTimedOut } from './loop/status.js';
import { ArraySource, type Delivery } from './spec-support/array-source.js';
import { counted, counters, dataSourceFor, opened, removed } from './spec-support/counters.js';

let database: TestDatabase;
let dataSource: DataSource;
const runners: ProjectionRunner[] = [];

beforeEach(async () => {
  database = await createDatabase('runner');
  dataSource = dataSourceFor(database.url);
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  if (dataSource.isInitialized) await dataSource.destroy();
  await database.drop();
});

function startRunner(source: ArraySource, options: Partial<ProjectionRunnerOptions> = {}): ProjectionRunner {
  const runner = new ProjectionRunner({ name: 'views', dataSource, source, projections: [counters], longestRetryMs: 50, standbyPollMs: 20, ...options });
  runners.push(runner);
  runner.start();
  return runner;
}

const rowsOf = () => database.query<{ id: string; total: number; seen: string[] }>('SELECT * FROM counters ORDER BY id');

const story = (source: ArraySource): bigint => {
  source.append('counter-a', opened('a', '电梯 "quoted" \\ {1,2}'), counted('a', 2), counted('a', 3));
  source.append('other-1', counted('a', 1_000));
  source.append('counter-b', opened('b'), counted('b'), removed('b'), opened('b', 'again'), counted('b', 7, 9));
  source.append('counter-c', opened('c'), removed('c'));
  return source.append('counter-a', counted('a', 5, 11));
};

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
      const runner = startRunner(source);
      await runner.waitFor(story(source), 10_000);

      expect(await rowsOf()).toEqual([
        { id: 'a', title: '电梯 "quoted" \\ {1,2}', total: 10, last_at: new Date('2026-01-01T00:00:11.000Z'), seen: ['event-10', 'event-20', 'event-110'] },
        { id: 'b', title: 'again', total: 7, last_at: new Date('2026-01-01T00:00:09.000Z'), seen: ['event-80'] },
      ]);
    });
  }

  it('goes on from where it was after a restart', async () => {
    const source = new ArraySource();
    const first = startRunner(source);
    await first.waitFor(story(source), 10_000);
    await first.stop();
    const end = source.append('counter-a', counted('a', 90));
    await startRunner(source).waitFor(end, 10_000);

    expect((await rowsOf()).map(({ total }) => total)).toEqual([100, 7]);
  });
});

describe('waiting', () => {
  it('resolves for a position that comes later', async () => {
    const source = new ArraySource();
    const runner = startRunner(source);
    await runner.waitFor(-1n, 10_000);
    const waiting = runner.waitFor(10n, 10_000);
    source.append('counter-a', opened('a'), counted('a', 4));
    await waiting;

    expect((await rowsOf())[0]?.total).toBe(4);
  });

  it('says where it is when the time is over', async () => {
    const source = new ArraySource();
    const runner = startRunner(source);
    await runner.waitFor(source.append('counter-a', opened('a')), 10_000);

    await expect(runner.waitFor(99n, 1)).rejects.toEqual(new WaitTimedOut('views', 99n, 0n));
  });
});
