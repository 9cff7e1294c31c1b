import type { EntityManager } from 'typeorm';

/**
 * Up to where the serving table of a projection holds the log, as the manager's transaction sees it: with REPEATABLE
 * READ, the position of the very rows that the transaction reads. Undefined before there is a table.
 */
export async function servingPosition(manager: EntityManager, projection: string): Promise<bigint | undefined> {
  const rows = await manager.query<{ position: string }[]>(
    `SELECT p.position FROM runner_positions p JOIN projection_generations g ON g.table_name = p.name WHERE g.projection = $1 AND g.state = 'serving'`,
    [projection],
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].position);
}
