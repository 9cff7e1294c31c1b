import pg from 'pg';
import type { RunningPostgres } from './start-postgres.js';

/** Creates the databases that are not there yet. The names are ours, never a user's. */
export async function createDatabases({ host, port, user, password }: RunningPostgres, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const present = new Set(rows.map(({ datname }) => datname));
    for (const name of names.filter((wanted) => !present.has(wanted))) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
