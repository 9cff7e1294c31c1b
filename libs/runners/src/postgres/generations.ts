import type { ObjectLiteral } from 'typeorm';
import { quoteName } from '../projection/column.js';
import type { Projection } from '../projection/projection.js';
import type { ReadModelTable } from '../projection/read-model-table.js';
import type { Connection } from './connection.js';
import { beforeFirst, positionsTable } from './positions.js';

/** `building` until it serves; `refused` when its rows differ, `failed` at a bad event, `retired` until it is `dropped`. */
export type GenerationState = 'building' | 'serving' | 'refused' | 'failed' | 'retired' | 'dropped';

/** One table of a projection. Its position is kept under the table's name. */
export interface Generation {
  readonly projection: string;
  readonly number: number;
  readonly version: number;
  readonly table: string;
  readonly shape: string;
  readonly state: GenerationState;
  readonly error: string | null;
  readonly createdAt: Date;
}

const registryTable = `CREATE TABLE IF NOT EXISTS projection_generations (
  projection text NOT NULL, generation integer NOT NULL, version integer NOT NULL, table_name text NOT NULL UNIQUE, shape text NOT NULL,
  state text NOT NULL, error text, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (projection, generation))`;
const oneOfAKind = `CREATE UNIQUE INDEX IF NOT EXISTS projection_generations_one ON projection_generations (projection, state) WHERE state IN ('building', 'serving')`;

/** The entity's columns differ from the table's though the version is the same. */
export class ShapeChanged extends Error {
  override readonly name = 'ShapeChanged';
  constructor(projection: string, version: number) {
    super(`Projection ${projection}: its entity has changed since the tables of version ${version} were made; give it a new version`);
  }
}

/** 409: it is being rebuilt already. */
export class AlreadyRebuilding extends Error {
  override readonly name = 'AlreadyRebuilding';
  constructor(readonly projection: string) {
    super(`Projection ${projection} is being rebuilt already`);
  }
}

/** Creating tables races; all runners of a database take turns. */
export async function inTurn<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  return connection.transaction(async () => {
    await connection.query(`SELECT pg_advisory_xact_lock(hashtextextended('atrium runner tables', 0))`);
    return work();
  });
}

export async function createRegistry(connection: Connection): Promise<void> {
  for (const sql of [positionsTable, registryTable, oneOfAKind]) await connection.query(sql);
}

export async function generationsOf(connection: Connection, projection: string): Promise<Generation[]> {
  const { rows } = await connection.query(
    'SELECT projection, generation AS number, version, table_name AS table, shape, state, error, created_at AS "createdAt" FROM projection_generations WHERE projection = $1 ORDER BY generation',
    [projection],
  );
  return rows as unknown as Generation[];
}

/** A new empty table at the beginning of the log. */
export async function createGeneration(
  connection: Connection, projection: Projection<ObjectLiteral>, table: ReadModelTable, state: 'building' | 'serving',
): Promise<Generation> {
  const existing = await generationsOf(connection, projection.name);
  if (existing.some((generation) => generation.state === 'building')) throw new AlreadyRebuilding(projection.name);
  const number = (existing.at(-1)?.number ?? 0) + 1;
  const name = `${table.view}_v${projection.version}${number === 1 ? '' : `_g${number}`}`;
  for (const sql of table.create(name)) await connection.query(sql);
  await connection.query('INSERT INTO runner_positions (name, position) VALUES ($1, $2)', [name, beforeFirst.toString()]);
  await connection.query(
    'INSERT INTO projection_generations (projection, generation, version, table_name, shape, state) VALUES ($1, $2, $3, $4, $5, $6)',
    [projection.name, number, projection.version, name, table.shape, state],
  );
  return { projection: projection.name, number, version: projection.version, table: name, shape: table.shape, state, error: null, createdAt: new Date() };
}

/** Table and position go; the entry stays, so that no generation ever takes the name of another. */
export async function dropGeneration(connection: Connection, generation: Generation): Promise<void> {
  await connection.query(`DROP TABLE IF EXISTS ${quoteName(generation.table)}`);
  await connection.query('DELETE FROM runner_positions WHERE name = $1', [generation.table]);
  await markGeneration(connection, generation, 'dropped', generation.error ?? undefined);
}

export async function markGeneration(connection: Connection, generation: Generation, state: GenerationState, error?: string): Promise<void> {
  await connection.query(
    'UPDATE projection_generations SET state = $3, error = $4 WHERE projection = $1 AND generation = $2',
    [generation.projection, generation.number, state, error ?? null],
  );
}

/** What queries see. Readers of the old view finish first; those who come meanwhile wait and see the new one. */
export async function pointViewAt(connection: Connection, table: ReadModelTable, generation: Generation, sameShape: boolean): Promise<void> {
  const columns = table.columns.map(({ name }) => quoteName(name)).join(', ');
  // Replacing keeps grants and what others built on the view, and is possible only with the same columns.
  if (!sameShape) await connection.query(`DROP VIEW IF EXISTS ${quoteName(table.view)}`);
  await connection.query(`CREATE OR REPLACE VIEW ${quoteName(table.view)} AS SELECT ${columns} FROM ${quoteName(generation.table)}`);
}

export async function readPosition(connection: Connection, generation: Generation): Promise<bigint> {
  const { rows } = await connection.query('SELECT position FROM runner_positions WHERE name = $1', [generation.table]);
  const position = rows[0]?.['position'];
  if (typeof position !== 'string' && typeof position !== 'number') throw new Error(`The position of ${generation.table} is missing`);
  return BigInt(position);
}
