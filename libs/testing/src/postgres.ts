import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a spec's own on the PostgreSQL of this test run. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Runs a statement as the administrator, in a connection of its own. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends connections as a crash of their server process would, those of which `where` on pg_stat_activity holds; answers how many. */
  endConnections(where?: string): Promise<number>;
  /** Ends all connections and refuses new ones until `comeBack`, as if PostgreSQL were away. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  drop(): Promise<void>;
}

/** Creates an empty database; the caller drops it. */
export async function createDatabase(purpose: string): Promise<TestDatabase> {
  const server = process.env['ATRIUM_TEST_POSTGRES_URL'];
  if (!server) throw new Error('ATRIUM_TEST_POSTGRES_URL is missing: run the specs by `npm test`, which starts the engines');
  const name = `${purpose.replaceAll(/[^a-z0-9]+/g, '_')}_${randomBytes(4).toString('hex')}`;
  const administer = (sql: string, values?: readonly unknown[]) => run(`${server}/postgres`, sql, values);
  await administer(`CREATE DATABASE ${name}`);
  const url = `${server}/${name}`;
  const endConnections = async (where = 'true') =>
    (await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND (${where})`, [name])).length;
  return {
    url, name,
    query: (sql, values) => run(url, sql, values),
    endConnections,
    goAway: async () => {
      await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await endConnections();
    },
    comeBack: async () => { await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`); },
    drop: async () => { await administer(`DROP DATABASE ${name} WITH (FORCE)`); },
  };
}

async function run<Row extends object>(connectionString: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(sql, [...values]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
