import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type EntitySchema, type ObjectLiteral } from 'typeorm';
import { EventStore } from '@atrium/event-store';
import type { Recorded } from '@atrium/kernel';
import { ProjectionRunner, type EventSource, type Projection } from '@atrium/runners';
import { copyLine } from './copy-text.js';
import { caseEntity, cases, noteEntity, notes } from './example-projection.js';
import { MemorySource } from './memory-source.js';

const projections = { notes, cases } as const;
export type ProjectionName = keyof typeof projections;

const LINES_A_CHUNK = 500;
const GIVE_UP_MS = 120_000;

interface Seen {
  readonly events: number;
  readonly cases: number;
  readonly position: bigint;
}

let store: EventStore;
let seen: Seen = { events: 0, cases: 0, position: -1n };
let kept: readonly Recorded[] = [];

/** Reads the whole log, and keeps it decoded for what is measured without the log. Answers how many events there are. */
export async function open({ url, keeps }: { readonly url: string; readonly keeps: boolean }): Promise<number> {
  store = EventStore.connect({ url });
  const loaded: Recorded[] = [];
  const streams = new Set<string>();
  for await (const { events, position } of store.readAll({ prefixes: ['noted-'] })) {
    for (const { stream } of events) streams.add(stream);
    seen = { events: seen.events + events.length, cases: streams.size, position };
    if (keeps) loaded.push(...events);
  }
  kept = loaded;
  return seen.events;
}

/** From the log to the rows of an empty database. Answers events a second. */
export const endToEnd = ({ database, projection }: { readonly database: string; readonly projection: ProjectionName }): Promise<number> => run(database, projection, store);

/** The same for events that are in memory. */
export const sink = ({ database, projection }: { readonly database: string; readonly projection: ProjectionName }): Promise<number> => run(database, projection, new MemorySource(kept));

async function run(database: string, name: ProjectionName, source: EventSource): Promise<number> {
  const dataSource = new DataSource({ type: 'postgres', url: database, entities: [noteEntity, caseEntity] as EntitySchema<unknown>[], synchronize: false });
  const runner = new ProjectionRunner({ name, dataSource, source, projections: [projections[name] as unknown as Projection<ObjectLiteral>] });
  const startedAt = performance.now();
  runner.start();
  await runner.waitFor(seen.position, GIVE_UP_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  await runner.stop();
  await dataSource.destroy();
  return seen.events / seconds;
}

/**
 * The rows that a projection made in `from`, by COPY into a table like its own in `to`. Answers events a second, as if they were
 * made of the same events: the rows lie in memory, their text is made meanwhile.
 */
export async function copy({ from, to, projection }: { readonly from: string; readonly to: string; readonly projection: ProjectionName }): Promise<number> {
  const rows = await withClient(from, async (client) => (await client.query<unknown[]>({ text: `SELECT * FROM ${projection}`, rowMode: 'array' })).rows);
  const definition = await withClient(from, (client) => tableOf(client, projection));
  return withClient(to, async (client) => {
    await client.query(definition);
    const startedAt = performance.now();
    await client.query('BEGIN; SET LOCAL synchronous_commit = off');
    await pipeline(chunks(rows), client.query(copyFrom(`COPY ${projection} FROM STDIN`)));
    await client.query('COMMIT');
    return seen.events / ((performance.now() - startedAt) / 1_000);
  });
}

function* chunks(rows: readonly (readonly unknown[])[]): Generator<string> {
  for (let from = 0; from < rows.length; from += LINES_A_CHUNK) yield rows.slice(from, from + LINES_A_CHUNK).map(copyLine).join('');
}

/** CREATE TABLE with the columns and the primary key of what a projection's view shows. */
async function tableOf(client: pg.Client, view: string): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string; is_key: boolean }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnum = ANY (i.indkey) AS is_key
       FROM pg_class v JOIN projection_generations g ON g.projection = v.relname AND g.state = 'serving'
       JOIN pg_class t ON t.relname = g.table_name JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE v.relname = $1 ORDER BY a.attnum`, [view]);
  const key = rows.filter(({ is_key: isKey }) => isKey).map(({ name }) => name);
  return `CREATE TABLE ${view} (${rows.map(({ name, type }) => `${name} ${type}`).join(', ')}, PRIMARY KEY (${key.join(', ')}))`;
}

/** How many rows a table holds, and a digest of all of them in the order of its key. */
export const digest = ({ database, projection }: { readonly database: string; readonly projection: ProjectionName }): Promise<string> =>
  withClient(database, async (client) => {
    const { rows } = await client.query<{ digest: string }>(`SELECT count(*) || ' rows, ' || md5(string_agg(r::text, '|' ORDER BY r::text)) AS digest FROM ${projection} r`);
    return rows[0]?.digest ?? 'nothing';
  });

/** How many rows the events make. */
export const rowCount = async ({ projection }: { readonly projection: ProjectionName }): Promise<number> =>
  (projection === 'notes' ? seen.events : seen.cases);

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
