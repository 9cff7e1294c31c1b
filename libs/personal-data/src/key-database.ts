import pg from 'pg';
import { KeysUnavailable } from './errors.js';

export interface StoredKey {
  readonly personId: string;
  /** Null once the person is forgotten. */
  readonly wrapped: Buffer | null;
  readonly masterId: string;
}

const schema = [
  `CREATE TABLE IF NOT EXISTS person_keys (
    person_id text PRIMARY KEY, wrapped bytea, master_id text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), forgotten_at timestamptz,
    CHECK ((wrapped IS NULL) = (forgotten_at IS NOT NULL)))`,
  'CREATE TABLE IF NOT EXISTS key_openings (day date, purpose text, opened bigint NOT NULL, erased bigint NOT NULL, PRIMARY KEY (day, purpose))',
];

/** The database `keys`: the second truth, never rebuilt. Every method throws KeysUnavailable while it does not answer. */
export class KeyDatabase {
  readonly #pool: pg.Pool;
  #prepared: Promise<void> | undefined;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 3_000, query_timeout: 10_000, application_name: 'atrium keys' });
    // A connection that ends while nobody uses it concerns nobody: the next query opens another or says that it cannot.
    this.#pool.on('error', () => undefined);
  }

  async find(personIds: readonly string[]): Promise<StoredKey[]> {
    return this.#query<StoredKey>('SELECT person_id AS "personId", wrapped, master_id AS "masterId" FROM person_keys WHERE person_id = ANY ($1::text[])', [personIds]);
  }

  /** Stores those that have none yet; who came first has set the key. */
  async insert(keys: readonly { readonly personId: string; readonly wrapped: Buffer }[], masterId: string): Promise<void> {
    await this.#query(
      'INSERT INTO person_keys (person_id, wrapped, master_id) SELECT k.id, k.wrapped, $3 FROM unnest($1::text[], $2::bytea[]) AS k(id, wrapped) ON CONFLICT DO NOTHING',
      [keys.map(({ personId }) => personId), keys.map(({ wrapped }) => wrapped), masterId],
    );
  }

  /** Destroys the key; the row stays, so that the person id is not used again. */
  async destroy(personId: string, masterId: string): Promise<void> {
    await this.#query(
      `INSERT INTO person_keys (person_id, wrapped, master_id, forgotten_at) VALUES ($1, NULL, $2, now())
       ON CONFLICT (person_id) DO UPDATE SET wrapped = NULL, forgotten_at = coalesce(person_keys.forgotten_at, now())`,
      [personId, masterId],
    );
  }

  async countOpenings(counts: readonly { readonly purpose: string; readonly opened: number; readonly erased: number }[]): Promise<void> {
    await this.#query(
      `INSERT INTO key_openings AS o (day, purpose, opened, erased) SELECT (now() AT TIME ZONE 'UTC')::date, c.purpose, c.opened, c.erased
       FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS c(purpose, opened, erased)
       ON CONFLICT (day, purpose) DO UPDATE SET opened = o.opened + EXCLUDED.opened, erased = o.erased + EXCLUDED.erased`,
      [counts.map(({ purpose }) => purpose), counts.map(({ opened }) => opened), counts.map(({ erased }) => erased)],
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #query<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      this.#prepared ??= this.#prepare();
      await this.#prepared;
      const { rows } = await this.#pool.query(sql, [...values]);
      return rows as Row[];
    } catch (error) {
      throw isAway(error) ? new KeysUnavailable(error) : error;
    }
  }

  async #prepare(): Promise<void> {
    try {
      // Services that start together would race in creating the same table. Several statements in one text are one transaction.
      await this.#pool.query(`SELECT pg_advisory_xact_lock(hashtextextended('atrium keys', 0)); ${schema.join('; ')}`);
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
  }
}

// Connection, authorization, unknown database, resources, a database closed to connections, operator's stop.
const away = /^(?:08|28|3D|53|55000|57P)/;

/** Refusals of a statement carry a severity and a code; whatever else happens, PostgreSQL has not answered. */
function isAway(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  return severity === undefined || (typeof code === 'string' && away.test(code));
}
