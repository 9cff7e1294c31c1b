import type { ObjectLiteral } from 'typeorm';
import type { Projection } from '../projection/projection.js';
import type { ReadModelTable } from '../projection/read-model-table.js';
import type { Connection } from './connection.js';
import {
  createGeneration, createRegistry, dropGeneration, generationsOf, inTurn, pointViewAt, readPosition, ShapeChanged, type Generation,
} from './generations.js';

/** A projection as its database has it when a runner starts. */
export interface OpenedProjection {
  readonly projection: Projection<ObjectLiteral>;
  readonly table: ReadModelTable;
  readonly serving: Generation;
  readonly position: bigint;
  /** Present when a table has to be built beside the serving one: its version has changed, or a rebuild was cut off. */
  readonly building?: Generation;
  /** Why the last rebuild of this version did not take over. */
  readonly lastRebuild?: Generation;
}

/** Creates what is absent and clears away what a stopped process left half done. @throws ShapeChanged */
export function openTables(connection: Connection, projections: readonly { projection: Projection<ObjectLiteral>; table: ReadModelTable }[]): Promise<OpenedProjection[]> {
  return inTurn(connection, async () => {
    await createRegistry(connection);
    const opened: OpenedProjection[] = [];
    for (const { projection, table } of projections) opened.push(await openProjection(connection, projection, table));
    return opened;
  });
}

async function openProjection(connection: Connection, projection: Projection<ObjectLiteral>, table: ReadModelTable): Promise<OpenedProjection> {
  const existing = (await generationsOf(connection, projection.name)).filter(({ state }) => state !== 'dropped');
  const serving = existing.find(({ state }) => state === 'serving');
  if (!serving) {
    for (const generation of existing) await dropGeneration(connection, generation);
    const first = await createGeneration(connection, projection, table, 'serving');
    await pointViewAt(connection, table, first, false);
    return { projection, table, serving: first, position: await readPosition(connection, first) };
  }

  const isSameVersion = serving.version === projection.version;
  if (isSameVersion && serving.shape !== table.shape) throw new ShapeChanged(projection.name, projection.version);
  // Rows of a half-built table may come from other code than this process runs, so that it is built anew.
  const wasBuilding = existing.some(({ state }) => state === 'building');
  const lastRebuild = existing.findLast(({ state, version }) => (state === 'refused' || state === 'failed') && version === projection.version);
  for (const generation of existing) {
    if (generation !== serving && (generation !== lastRebuild || !isSameVersion)) await dropGeneration(connection, generation);
  }
  const building = !isSameVersion || wasBuilding ? await createGeneration(connection, projection, table, 'building') : undefined;
  return {
    projection, table, serving,
    position: await readPosition(connection, serving),
    ...(building ? { building } : {}),
    ...(lastRebuild && isSameVersion ? { lastRebuild } : {}),
  };
}
