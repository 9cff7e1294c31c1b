import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { Connection } from '../postgres/connection.js';
import { Bench } from '../spec-support/bench.js';
import type { Key } from './projection.js';
import { readModelTable, type ReadModelTable } from './read-model-table.js';
import { TableWriter } from './table-writer.js';

interface AllTypes {
  mall: string;
  number: string;
  text: string | null;
  short: string | null;
  uuid: string | null;
  day: string | null;
  count: number | null;
  amount: string | null;
  share: number | null;
  isOpen: boolean | null;
  at: Date | null;
  data: unknown;
  bytes: Buffer | null;
  words: (string | null)[] | null;
  numbers: number[] | null;
  kilograms: number | null;
}

const nullable = (type: string, more: object = {}) => ({ type, nullable: true, ...more });

const entity = new EntitySchema<AllTypes>({
  name: 'all_types', tableName: 'all_types',
  columns: {
    mall: { type: 'text', primary: true },
    number: { type: 'bigint', primary: true },
    text: nullable('text'), short: nullable('varchar', { length: 40 }), uuid: nullable('uuid'), day: nullable('date'), count: nullable('integer'),
    amount: nullable('bigint'), share: nullable('double precision'), isOpen: nullable('boolean', { name: 'is_open' }), at: nullable('timestamptz'),
    data: nullable('jsonb'), bytes: nullable('bytea'), words: nullable('text', { array: true }), numbers: nullable('integer', { array: true }),
    kilograms: nullable('text', { transformer: { to: (value: number | null) => (value === null ? null : `${value} kg`), from: (value: string | null) => (value === null ? null : Number.parseInt(value, 10)) } }),
  } as ConstructorParameters<typeof EntitySchema<AllTypes>>[0]['columns'],
});

let bench: Bench;
let connection: Connection;
let table: ReadModelTable;
let writer: TableWriter;

beforeAll(async () => {
  bench = await Bench.open();
  const dataSource = bench.process(entity as EntitySchema<never>);
  connection = await Connection.open(dataSource);
  table = readModelTable(dataSource, { name: 'all-types', version: 1, categories: [], entity, on: {} });
  for (const sql of table.create('all_types')) await connection.query(sql);
  writer = new TableWriter(table, 'all_types');
});

afterAll(async () => {
  connection.close();
  await bench.close();
});

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\u0000')),
  fc.constantFrom('', 'NULL', 'null', '{}', '"', '\\', '\\"', "';--", '{"a",NULL}', '电梯，故障', ' x ', 'a\nb', '\\x00', '(1,2)'),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const keys = fc.record({ mall: fc.constantFrom('a', 'b', '电"梯'), number: fc.constantFrom('0', '-5', '9007199254740993') });

const rows: fc.Arbitrary<AllTypes> = fc.tuple(keys, fc.record({
  text: optional(texts),
  short: optional(texts.filter((text) => [...text].length <= 40)),
  uuid: optional(fc.uuid()),
  day: optional(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))),
  count: optional(fc.integer()),
  amount: optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  share: optional(fc.double({ noNaN: true }).map((share) => (Object.is(share, -0) ? 0 : share))),
  isOpen: optional(fc.boolean()),
  at: optional(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })),
  data: optional(fc.oneof(texts, fc.dictionary(texts.filter((key) => key !== '__proto__'), fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null), fc.array(texts, { maxLength: 3 })), { maxKeys: 4 }))),
  bytes: optional(fc.uint8Array({ maxLength: 10 }).map((bytes) => Buffer.from(bytes))),
  words: optional(fc.array(optional(texts), { maxLength: 4 })),
  numbers: optional(fc.array(fc.integer(), { maxLength: 4 })),
  kilograms: optional(fc.nat(1_000)),
})).map(([key, rest]) => ({ ...key, ...rest }));

type Operation = { readonly put: AllTypes } | { readonly delete: Key } | { readonly get: Key };
const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: rows.map((put) => ({ put })) },
  { weight: 1, arbitrary: keys.map((key) => ({ delete: key })) },
  { weight: 2, arbitrary: keys.map((key) => ({ get: key })) },
);

const keyOf = ({ mall, number }: { mall: string; number: string }) => `${mall} ${number}`;

/** All keys of the operations, as `reads` would name them. */
function named(batch: readonly Operation[]): Map<string, Key> {
  const found = new Map<string, Key>();
  for (const operation of batch) {
    const key = 'put' in operation ? table.keyOf(operation.put) : 'delete' in operation ? operation.delete : operation.get;
    found.set(table.keyText(key), key);
  }
  return found;
}

it('does what a map of rows does, whatever is put, deleted and read in whatever batches', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(operations, { maxLength: 12 }), { maxLength: 5 }), async (batches) => {
    await connection.query('TRUNCATE all_types');
    const model = new Map<string, AllTypes>();
    for (const batch of batches) {
      const all = named(batch);
      const buffer = await writer.read(connection, all);
      buffer.allow([...all.keys()]);
      for (const operation of batch) {
        if ('put' in operation) {
          buffer.put({ ...operation.put });
          model.set(keyOf(operation.put), operation.put);
        } else if ('delete' in operation) {
          buffer.delete(operation.delete);
          model.delete(keyOf(operation.delete as unknown as AllTypes));
        } else {
          expect(buffer.get(operation.get)).toEqual(model.get(keyOf(operation.get as unknown as AllTypes)));
        }
      }
      await connection.transaction(() => writer.write(connection, buffer));
    }
    const everything = new Map<string, Key>([...model.values()].map((row) => [table.keyText(table.keyOf(row)), table.keyOf(row)]));
    const stored = await writer.read(connection, everything);
    stored.allow([...everything.keys()]);
    expect([...everything.values()].map((key) => stored.get(key))).toEqual([...model.values()]);
    expect((await connection.query('SELECT count(*)::int AS count FROM all_types')).rows).toEqual([{ count: model.size }]);
  }), { numRuns: 150 });
});

it('a row of TypeORM is the row that was put', async () => {
  await fc.assert(fc.asyncProperty(rows, async (row) => {
    await connection.query('TRUNCATE all_types');
    const buffer = await writer.read(connection, new Map());
    buffer.put({ ...row });
    await writer.write(connection, buffer);
    const dataSource = bench.process(entity as EntitySchema<never>);
    await dataSource.initialize();
    try {
      expect(await dataSource.getRepository<AllTypes>('all_types').find()).toEqual([row]);
    } finally {
      await dataSource.destroy();
    }
  }), { numRuns: 25 });
});

it('writes nothing for a row that is put as it was', async () => {
  const [row] = fc.sample(rows, { numRuns: 1, seed: 1 }) as [AllTypes];
  await connection.query('TRUNCATE all_types');
  const all = named([{ put: row }]);
  const first = await writer.read(connection, all);
  first.put({ ...row });
  expect(await writer.write(connection, first)).toBe(1);
  const second = await writer.read(connection, all);
  second.put({ ...row });
  expect(await writer.write(connection, second)).toBe(0);
  const third = await writer.read(connection, all);
  third.put({ ...row, count: (row.count ?? 0) === 1 ? 2 : 1 });
  expect(await writer.write(connection, third)).toBe(1);
});

it('writes more rows than one statement takes', async () => {
  await connection.query('TRUNCATE all_types');
  const [row] = fc.sample(rows, { numRuns: 1, seed: 2 }) as [AllTypes];
  const buffer = await writer.read(connection, new Map());
  for (let i = 0; i < 12_001; i++) buffer.put({ ...row, number: `${i}` });
  expect(await writer.write(connection, buffer)).toBe(12_001);
  expect((await connection.query('SELECT count(*)::int AS count, max(number) AS max FROM all_types')).rows).toEqual([{ count: 12_001, max: '12000' }]);
});

it.each<[Partial<Record<keyof AllTypes, unknown>>, string]>([
  [{ text: 5 }, 'Column all_types.text (text) was given a value of type number that does not fit'],
  [{ text: { secret: '王小明' } }, 'Column all_types.text (text) was given a value of type object that does not fit'],
  [{ at: new Date(Number.NaN) }, 'Column all_types.at (TIMESTAMP WITH TIME ZONE) was given an invalid date'],
  [{ at: '2026-01-01T00:00:00' }, 'Column all_types.at (TIMESTAMP WITH TIME ZONE) was given a value of type string that does not fit'],
  [{ count: 1.5 }, 'Column all_types.count (integer) was given a value of type number that does not fit'],
  [{ isOpen: 'true' }, 'Column all_types.is_open (boolean) was given a value of type string that does not fit'],
  [{ words: 'a' }, 'Column all_types.words (text array) was given a value of type string that does not fit'],
  [{ data: () => undefined }, 'Column all_types.data (jsonb) was given a value of type function that does not fit'],
])('refuses %j without telling it', async (change, message) => {
  const [row] = fc.sample(rows, { numRuns: 1, seed: 3 }) as [AllTypes];
  const buffer = await writer.read(connection, new Map());
  buffer.put({ ...row, ...change });
  await expect(writer.write(connection, buffer)).rejects.toThrow(message);
});
