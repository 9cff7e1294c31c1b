import type { Connection } from './connection.js';

/** The position of what has seen nothing; the first event of a log is at 0 or later. */
export const beforeFirst = -1n;

export const positionsTable = `CREATE TABLE IF NOT EXISTS runner_positions (name text PRIMARY KEY, position bigint NOT NULL)`;

/** Somebody else moved the position since it was read: what was computed from it must not be written. */
export class PositionMoved extends Error {
  override readonly name = 'PositionMoved';
  readonly transient = true;
  constructor(readonly names: readonly string[]) {
    super(`Another runner has moved ${names.join(', ')}`);
  }
}

/**
 * Compare-and-set of every position, in the caller's transaction and before its rows, so that of two runners the
 * second waits here for the first and then fails. @throws PositionMoved unless each was where `from` says.
 */
export async function movePositions(connection: Connection, moves: readonly { readonly name: string; readonly from: bigint }[], to: bigint): Promise<void> {
  const names = moves.map(({ name }) => name);
  const { rowCount } = await connection.repeat(
    'UPDATE runner_positions p SET position = $3 FROM unnest($1::text[], $2::bigint[]) AS m(name, old) WHERE p.name = m.name AND p.position = m.old',
    [names, moves.map(({ from }) => from.toString()), to.toString()],
  );
  if (rowCount !== moves.length) throw new PositionMoved(names);
}
