import type { Connection } from '../postgres/connection.js';
import { inTurn, markGeneration, pointViewAt, readPosition, type Generation } from '../postgres/generations.js';
import { PositionMoved } from '../postgres/positions.js';
import { quoteName } from '../projection/column.js';
import type { ReadModelTable } from '../projection/read-model-table.js';
import { pause } from './abortable.js';
import { approach, meet, type CatchUp } from './catch-up.js';
import type { RebuildPhase } from './status.js';

/** The rebuilt rows are not those that serve: either a function is not pure, or the serving table was damaged. */
export class RowsDiffer extends Error {
  override readonly name = 'RowsDiffer';
  constructor(readonly missing: number, readonly additional: number, readonly keys: readonly string[]) {
    super(`The rebuilt table differs: ${missing} rows of the serving table are not in it and ${additional} of its rows are not in the serving table; first keys: ${keys.join(', ')}`);
  }
}

export interface Rebuild extends CatchUp {
  readonly table: ReadModelTable;
  readonly serving: Generation;
  readonly building: Generation;
  readonly entered: (phase: RebuildPhase) => void;
}

/**
 * Fills the new table beside the serving one, compares both at one position when they are of one version, and lets
 * it take over. Until the last step nothing that is served has changed; the former table is left to be dropped.
 * @throws PoisonEvent, RowsDiffer, or what is transient
 */
export async function rebuild(work: Rebuild): Promise<void> {
  const { connection, serving, building, entered, table, target, live, signal } = work;
  const isSameVersion = serving.version === building.version;
  entered('catch-up');
  await approach(work);
  if (isSameVersion) {
    // The snapshot is taken while both stand still; comparing then takes its time without anybody waiting.
    await meet(work, () => openSnapshot(connection, [serving, building]));
    entered('compare');
    try {
      await compare(connection, table, serving, building);
    } finally {
      await connection.query('ROLLBACK');
    }
    await approach(work);
  }
  entered('switch');
  for (;;) {
    try {
      return await meet(work, async () => {
        await switchOver(connection, table, serving, building, isSameVersion);
        live.join(target);
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== lockNotAvailable) throw error;
      await pause(viewPatienceMs, signal);
      await approach(work);
    }
  }
}

const lockNotAvailable = '55P03';
// The view is replaced after its readers; while that waits, later readers wait behind it.
const viewPatienceMs = 500;

async function openSnapshot(connection: Connection, generations: readonly [Generation, Generation]): Promise<void> {
  await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await atOnePosition(connection, generations);
}

async function atOnePosition(connection: Connection, generations: readonly [Generation, Generation]): Promise<void> {
  const [one, other] = [await readPosition(connection, generations[0]), await readPosition(connection, generations[1])];
  if (one !== other) throw new PositionMoved(generations.map(({ table }) => table));
}

async function compare(connection: Connection, table: ReadModelTable, serving: Generation, building: Generation): Promise<void> {
  const columns = table.columns.map(({ name }) => quoteName(name)).join(', ');
  const key = table.keyColumns.map(({ name }) => `${quoteName(name)}::text`).join(', ');
  const except = (one: Generation, other: Generation) =>
    `SELECT ${columns} FROM ${quoteName(one.table)} EXCEPT SELECT ${columns} FROM ${quoteName(other.table)}`;
  const { rows } = await connection.query(
    `WITH missing AS (${except(serving, building)}), additional AS (${except(building, serving)}), keys AS (SELECT concat_ws('/', ${key}) AS k FROM missing UNION SELECT concat_ws('/', ${key}) FROM additional ORDER BY 1 LIMIT 10)
     SELECT (SELECT count(*) FROM missing)::int AS missing, (SELECT count(*) FROM additional)::int AS additional, (SELECT array_agg(k) FROM keys) AS keys`,
  );
  const { missing, additional, keys } = rows[0] as { missing: number; additional: number; keys: string[] | null };
  if (missing > 0 || additional > 0) throw new RowsDiffer(missing, additional, keys ?? []);
}

/** One transaction: the view, which table serves, and that no runner anywhere can move the old one any more. */
function switchOver(connection: Connection, table: ReadModelTable, serving: Generation, building: Generation, isSameVersion: boolean): Promise<void> {
  return inTurn(connection, async () => {
    await connection.query(`SET LOCAL lock_timeout = ${viewPatienceMs}`);
    await connection.query('SELECT 1 FROM runner_positions WHERE name = ANY ($1) FOR UPDATE', [[serving.table, building.table]]);
    if (isSameVersion) await atOnePosition(connection, [serving, building]);
    await pointViewAt(connection, table, building, isSameVersion);
    await markGeneration(connection, serving, 'retired');
    await markGeneration(connection, building, 'serving');
    await connection.query('DELETE FROM runner_positions WHERE name = $1', [serving.table]);
  });
}
