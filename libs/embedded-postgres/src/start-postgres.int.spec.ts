import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { identify } from './host/process-identity.js';
import { startPostgres, type RunningPostgres } from './start-postgres.js';

const LIMIT_MS = 60_000;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-postgres-'));
fs.chmodSync(home, 0o755);
const folder = path.join(home, 'postgres');

afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

async function query<Row extends object>({ host, port, user, password }: RunningPostgres, text: string): Promise<Row[]> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

it('keeps data and password, and answers on loopback only, in UTF-8, durably', async () => {
  const first = await startPostgres({ folder });
  await query(first, `CREATE TABLE words AS SELECT 'äÖ商场'::text AS word`);
  await first.stop();
  expect(identify(first.pid)).toBeUndefined();

  const second = await startPostgres({ folder, password: 'another', port: first.port });
  expect(second).toMatchObject({ port: first.port, password: first.password, user: 'atrium' });
  expect(await query(second, 'SELECT upper(word) AS word FROM words')).toEqual([{ word: 'ÄÖ商场' }]);
  const settings = await query<{ name: string; setting: string }>(second, `
    SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'max_connections', 'fsync', 'synchronous_commit', 'server_encoding')`);
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', fsync: 'on', synchronous_commit: 'on', server_encoding: 'UTF8',
  });
  expect(await query(second, 'SELECT datlocale FROM pg_database WHERE datname = current_database()')).toEqual([{ datlocale: 'C.UTF-8' }]);
  await second.stop();
}, LIMIT_MS);

it('asks for the password', async () => {
  const postgres = await startPostgres({ folder });
  await expect(query({ ...postgres, password: 'guessed' }, 'SELECT 1')).rejects.toThrow('password authentication failed');
  await postgres.stop();
}, LIMIT_MS);

it('starts although the pid that a killed one left belongs to another process by now', async () => {
  const postgres = await startPostgres({ folder });
  const file = path.join(folder, 'data/postmaster.pid');
  const left = fs.readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid));
  process.kill(postgres.pid, 'SIGKILL');
  expect(await postgres.exited).toBe('it was killed (SIGKILL)');
  fs.writeFileSync(file, left);
  const next = await startPostgres({ folder });
  expect(await query(next, 'SELECT word FROM words')).toHaveLength(1);
  await next.stop();
}, LIMIT_MS);

it('ends one that was left running on its folder', async () => {
  const left = await startPostgres({ folder });
  const next = await startPostgres({ folder });
  expect(await left.exited).toBe('database system is shut down');
  expect(await query(next, 'SELECT word FROM words')).toHaveLength(1);
  await next.stop();
}, LIMIT_MS);

it('ends a backend that outlived its postmaster because it was busy', async () => {
  const killed = await startPostgres({ folder });
  const client = new pg.Client({ host: killed.host, port: killed.port, user: killed.user, password: killed.password, database: 'postgres' });
  await client.connect();
  const [backend] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
  const busy = client.query('SELECT count(*) FROM generate_series(1, 100000000000)').catch((error: unknown) => error);
  client.on('error', () => undefined);
  for (let active = 0; active === 0; ) {
    active = (await query(killed, `SELECT 1 FROM pg_stat_activity WHERE pid = ${backend?.pid} AND state = 'active' AND query LIKE '%generate_series%'`)).length;
  }
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  expect(identify(backend?.pid ?? 0)).toBeDefined();
  const next = await startPostgres({ folder });
  expect(identify(backend?.pid ?? 0)).toBeUndefined();
  expect(await busy).toBeInstanceOf(Error);
  await next.stop();
}, LIMIT_MS);

it('goes on where a start was killed while it made the folder', async () => {
  const interrupted = path.join(home, 'interrupted');
  fs.mkdirSync(path.join(interrupted, 'data.new/base'), { recursive: true });
  fs.writeFileSync(path.join(interrupted, 'data.new/PG_VERSION'), '18\n');
  const postgres = await startPostgres({ folder: interrupted, settings: { fsync: 'off' } });
  expect(await query(postgres, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
  await postgres.stop();
}, LIMIT_MS);

it.each([
  ['without its password', (place: string) => fs.rmSync(path.join(place, 'password')), /password, made together with the database, is missing/],
  ['of another version', (place: string) => fs.writeFileSync(path.join(place, 'data/PG_VERSION'), '17\n'), /was made by PostgreSQL 17, this is 18/],
])('refuses a folder %s, in one line', async (_which, spoil, line) => {
  const spoilt = path.join(home, 'spoilt');
  fs.cpSync(folder, spoilt, { recursive: true });
  spoil(spoilt);
  await expect(startPostgres({ folder: spoilt })).rejects.toThrow(line);
  fs.rmSync(spoilt, { recursive: true });
}, LIMIT_MS);
