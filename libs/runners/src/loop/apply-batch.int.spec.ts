import type { DataSource } from 'typeorm';
import { Connection } from '../postgres/connection.js';
import { openTables } from '../postgres/open-tables.js';
import { PositionMoved } from '../postgres/positions.js';
import { readModelTable } from '../projection/read-model-table.js';
import { TableWriter } from '../projection/table-writer.js';
import type { SourceBatch } from '../event-source.js';
import { ArraySource } from '../spec-support/array-source.js';
import { Bench } from '../spec-support/bench.js';
import { counted, counters, opened } from '../spec-support/counters.js';
import { applyBatch, type Target } from './apply-batch.js';

let bench: Bench;
let connections: [Connection, Connection];
beforeEach(async () => {
  bench = await Bench.open();
  connections = [await Connection.open(bench.dataSource), await Connection.open(bench.process())];
  await openTables(connections[0], [{ projection: counters, table: tableOf(bench.dataSource) }]);
});
afterEach(async () => {
  for (const connection of connections) connection.close();
  await bench.close();
});

const tableOf = (dataSource: DataSource) => readModelTable(dataSource, counters);
const targetAt = (position: bigint): Target =>
  ({ projection: counters, name: 'counters_v1', writer: new TableWriter(tableOf(bench.dataSource), 'counters_v1'), position });

async function batchOf(source: ArraySource): Promise<SourceBatch> {
  for await (const batch of source.readAll({ prefixes: ['counter-'] })) return batch;
  throw new Error('The source is empty');
}

it('lets one of two win that start from the same position, and the loser writes nothing', async () => {
  const source = new ArraySource();
  source.append('counter-a', opened('a'), counted('a'));
  const batch = await batchOf(source);
  const [winner, loser] = [targetAt(-1n), targetAt(-1n)];
  const results = await Promise.allSettled([applyBatch(connections[0], [winner], batch), applyBatch(connections[1], [loser], batch)]);

  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(PositionMoved) });
  expect([winner.position, loser.position].sort()).toEqual([-1n, 10n]);
  expect(await bench.totals()).toEqual({ a: 1 });
});

it('moves none of several targets unless it moves all', async () => {
  await connections[0].query(`INSERT INTO runner_positions VALUES ('elsewhere', 5)`);
  const source = new ArraySource();
  source.append('counter-a', opened('a'));
  const targets = [targetAt(-1n), { ...targetAt(-1n), name: 'elsewhere' }];

  await expect(applyBatch(connections[0], targets, await batchOf(source))).rejects.toBeInstanceOf(PositionMoved);
  expect(targets.map(({ position }) => position)).toEqual([-1n, -1n]);
  expect(await bench.totals()).toEqual({});
  expect(await bench.database.query('SELECT position::int FROM runner_positions ORDER BY 1')).toEqual([{ position: -1 }, { position: 5 }]);
});

it('refuses a batch that claims less than it delivers', async () => {
  const source = new ArraySource();
  source.append('counter-a', opened('a'), counted('a'));
  const { events } = await batchOf(source);
  await expect(applyBatch(connections[0], [targetAt(-1n)], { events, position: 5n, caughtUp: false })).rejects.toThrow('The source delivered an event at 10 in a batch up to 5');
});
