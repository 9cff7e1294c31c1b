import { EntitySchema } from 'typeorm';
import type { Projection } from '../projection/projection.js';
import { ArraySource } from '../spec-support/array-source.js';
import { Bench, reaches } from '../spec-support/bench.js';
import { counted, counterEntity, counters, opened, type CounterEvent } from '../spec-support/counters.js';
import type { Prepare } from './apply-batch.js';

interface TitleRow { title: string; times: number }

const titleEntity = new EntitySchema<TitleRow>({
  name: 'counter_titles', tableName: 'counter_titles',
  columns: { title: { type: 'text', primary: true }, times: { type: 'integer' } },
});

const titles: Projection<TitleRow, CounterEvent> = {
  name: 'counter-titles', version: 1, categories: ['counter', 'box'], entity: titleEntity,
  reads: ({ type, data }) => (type === 'Opened' ? data.title : undefined),
  on: {
    Opened: (rows, { data }) => rows.put({ title: data.title, times: (rows.get(data.title)?.times ?? 0) + 1 }),
    Counted: () => undefined,
    Removed: () => undefined,
  },
};

let bench: Bench;
let source: ArraySource;
beforeEach(async () => {
  bench = await Bench.open();
  source = new ArraySource();
});
afterEach(() => bench.close());

const dataSource = () => bench.process(counterEntity as EntitySchema<never>, titleEntity as EntitySchema<never>);
const titleRows = () => bench.database.query<TitleRow>('SELECT title, times FROM counter_titles ORDER BY title');
const positions = () => bench.database.query('SELECT name, position::int FROM runner_positions ORDER BY name');
const patienceMs = 20_000;

it('several in one runner share what is delivered and prepared, each of its own categories', async () => {
  let prepared = 0;
  const prepare: Prepare = async (events) => {
    prepared += events.length;
    return events;
  };
  const runner = bench.start(source, { dataSource: dataSource(), projections: [counters, titles], prepare });
  source.append('counter-a', opened('a', 'x'), counted('a', 5));
  source.append('box-1', opened('b', 'x'));
  await runner.waitFor(source.end, patienceMs);

  expect(await bench.totals()).toEqual({ a: 5 });
  expect(await titleRows()).toEqual([{ title: 'x', times: 2 }]);
  expect(prepared).toBe(3);
  expect(await positions()).toEqual([{ name: 'counter_titles_v1', position: 20 }, { name: 'counters_v1', position: 20 }]);
});

it('a projection that is added catches up alone, while the others go on, and then moves with them', async () => {
  const first = bench.start(source, { dataSource: dataSource() });
  for (let i = 0; i < 50; i++) source.append(`counter-${i}`, opened(`${i}`, `t${i % 3}`), counted(`${i}`));
  await first.waitFor(source.end, patienceMs);
  await first.stop();

  let go: () => void = () => undefined;
  const released = new Promise<void>((resolve) => { go = resolve; });
  const prepare: Prepare = async (events) => {
    if (events[0]?.position === 0n) await released;
    return events;
  };
  const runner = bench.start(source, { dataSource: dataSource(), projections: [counters, titles], prepare });
  source.append('counter-0', counted('0', 9));
  await runner.waitFor(source.end, patienceMs, 'counters');
  expect((await bench.totals())['0']).toBe(10);
  expect(runner.status()).toMatchObject({ position: -1n, projections: [{ name: 'counters', position: 1_000n }, { name: 'counter-titles', position: -1n }] });
  await expect(runner.waitFor(source.end, 1)).rejects.toMatchObject({ position: -1n });

  go();
  await runner.waitFor(source.end, patienceMs);
  expect(await titleRows()).toEqual([{ title: 't0', times: 17 }, { title: 't1', times: 17 }, { title: 't2', times: 16 }]);
  source.append('counter-x', opened('x', 't2'));
  await runner.waitFor(source.end, patienceMs);
  expect((await titleRows())[2]).toEqual({ title: 't2', times: 17 });
  expect(await positions()).toEqual([{ name: 'counter_titles_v1', position: 1_010 }, { name: 'counters_v1', position: 1_010 }]);
});

it('one that halts while it catches up leaves the others going', async () => {
  const first = bench.start(source, { dataSource: dataSource() });
  source.append('counter-a', opened('a'), counted('a'));
  await first.waitFor(source.end, patienceMs);
  await first.stop();

  const broken = { ...titles, on: { ...titles.on, Counted: () => { throw new Error('secret'); } } };
  const runner = bench.start(source, { dataSource: dataSource(), projections: [counters, broken] });
  await reaches(runner, ({ state }) => state === 'degraded');
  await runner.waitFor(source.append('counter-a', counted('a')), patienceMs, 'counters');

  expect(runner.status()).toMatchObject({ state: 'degraded', error: { position: 10n, type: 'Counted' }, projections: [{ position: 20n }, { position: 0n }] });
});
