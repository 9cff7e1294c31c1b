import { EntitySchema, type EntitySchemaOptions } from 'typeorm';
import { ArraySource } from '../spec-support/array-source.js';
import { Bench, reaches } from '../spec-support/bench.js';
import { counterEntity, counters, opened, type CounterRow } from '../spec-support/counters.js';
import { readModelTable } from './read-model-table.js';

let bench: Bench;
beforeEach(async () => { bench = await Bench.open(); });
afterEach(() => bench.close());

async function tableOf(change: Partial<EntitySchemaOptions<CounterRow>>) {
  const entity = new EntitySchema<CounterRow>({ ...counterEntity.options, ...change });
  const dataSource = bench.process(entity as EntitySchema<never>);
  await dataSource.initialize();
  return readModelTable(dataSource, { ...counters, entity });
}

const withColumn = (column: object) =>
  ({ columns: { ...counterEntity.options.columns, extra: column } }) as unknown as Partial<EntitySchemaOptions<CounterRow>>;

it.each([
  [{ tableName: 'others' }, 'Entity of projection counters: its tableName must be counters, not others'],
  [withColumn({ type: 'numeric' }), 'Column counters.extra: a read model cannot hold numeric; it can hold text, '],
  [withColumn({ type: 'jsonb', array: true }), 'Column counters.extra: a read model cannot hold jsonb[]'],
  [withColumn({ type: 'timestamp' }), 'Column counters.extra: a read model cannot hold timestamp without time zone'],
  [withColumn({ type: 'integer', generated: 'increment' }), 'Column counters.extra: generated values cannot be rebuilt'],
])('refuses %j', async (change, message) => {
  await expect(tableOf(change as Partial<EntitySchemaOptions<CounterRow>>)).rejects.toThrow(message);
});

it('declares columns, keys and indices as the entity does', async () => {
  const { create } = await tableOf({
    columns: { ...counterEntity.options.columns, title: { type: 'varchar', length: 20, collation: 'C', nullable: true } } as EntitySchemaOptions<CounterRow>['columns'],
    indices: [{ columns: ['title', 'total'], unique: true, where: 'total > 0' }],
  });
  expect(create('t')).toEqual([
    'CREATE TABLE "t" ("id" text NOT NULL, "title" character varying(20) COLLATE "C", "total" integer NOT NULL, "last_at" TIMESTAMP WITH TIME ZONE NOT NULL, "seen" text array NOT NULL, PRIMARY KEY ("id"))',
    'CREATE UNIQUE INDEX "t_i1" ON "t" USING btree ("title", "total") WHERE total > 0',
  ]);
});

it('an entity changed under the same version does not touch the table that serves', async () => {
  const source = new ArraySource();
  const first = bench.start(source);
  await first.waitFor(source.append('counter-a', opened('a')), 20_000);
  await first.stop();
  const entity = new EntitySchema<CounterRow>({ ...counterEntity.options, indices: [] });
  const runner = bench.start(source, { dataSource: bench.process(entity as EntitySchema<never>), projections: [{ ...counters, entity }] });
  await reaches(runner, ({ state }) => state === 'degraded');

  expect(runner.status().error?.message).toBe('Projection counters: its entity has changed since the tables of version 1 were made; give it a new version');
  expect(await bench.totals()).toEqual({ a: 0 });
});
