import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { giveToOwnerOfFolder, makeFolder } from './host/folder-owner.js';
import { freePort } from './host/free-port.js';
import { findBinaries } from './binaries.js';
import { ensureCluster, SUPERUSER } from './cluster.js';
import { chooseConfinement } from './confinement.js';
import { PostgresCannotStart } from './postgres-cannot-start.js';
import { clearLeftovers, isReady, STOPPING } from './postmaster.js';

export interface PostgresOptions {
  /** Holds the cluster, its password and its log. Made when absent. */
  readonly folder: string;
  /** On 127.0.0.1; any free one below 32768 when absent. */
  readonly port?: number;
  /** Only a new cluster takes it; absent, a random one is made and kept in the folder. */
  readonly password?: string;
  /** Further settings of PostgreSQL, such as `{ fsync: 'off' }` for data that need not last. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Restricts root to one way of running it under another account (see confinement.ts). */
  readonly confinement?: string;
}

export interface RunningPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** How it runs under another account, for root. */
  readonly confinement: string;
  /** When it has ended: the line of its log that says why. */
  readonly exited: Promise<string>;
  /** Fast shutdown: open transactions are rolled back. Bounded to 9 s, by then it is killed. */
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', shared_buffers: '128MB',
  timezone: 'UTC', log_timezone: 'UTC', lc_messages: 'C',
};
const READY_POLL_MS = 20;

/**
 * Starts PostgreSQL on a folder, as any user, also as root and where other accounts cannot enter the folder. Ends one
 * that was left running there. Resolves when it takes connections.
 * @throws PostgresCannotStart with one line for the operator
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = ownFolder(options.folder);
  const data = path.join(folder, 'data');
  const native = await findBinaries();
  await clearLeftovers(data);
  const confinement = await chooseConfinement({ native, folder }, options.confinement);
  const password = keepPassword(folder, options.password);
  await ensureCluster(folder, password, confinement);

  const port = options.port ?? await freePort();
  const log = openLog(folder);
  const child = confinement.spawn(path.join(confinement.native, 'bin/postgres'), [
    '-D', path.join(confinement.folder, 'data'), '-p', String(port),
    ...Object.entries({ ...SETTINGS, ...options.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ], { stdio: ['ignore', log.fd, log.fd] });
  fs.closeSync(log.fd);

  let ended = false;
  const exited = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_code, signal) => { ended = true; resolve(signal === 'SIGKILL' ? 'it was killed (SIGKILL)' : lastWord(log.file, log.from)); });
  });
  const stop = async () => {
    for (const { signal, waitMs } of STOPPING) {
      if (ended) return;
      child.kill(signal);
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, waitMs).unref())]);
    }
  };
  await Promise.race([exited, whenReady(data, () => child.pid, () => ended)]);
  if (ended) throw new PostgresCannotStart(await exited);
  return { host: '127.0.0.1', port, user: SUPERUSER, password, pid: child.pid as number, confinement: confinement.name, exited, stop };
}

function ownFolder(folder: string): string {
  makeFolder(path.resolve(folder), process.getuid?.() === 0 ? 0o711 : 0o700);
  return fs.realpathSync(folder);
}

function keepPassword(folder: string, wanted: string | undefined): string {
  const file = path.join(folder, 'password');
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  if (fs.existsSync(path.join(folder, 'data'))) throw new PostgresCannotStart(`${file}, made together with the database, is missing; put it back`);
  const password = wanted ?? randomBytes(24).toString('base64url');
  fs.writeFileSync(`${file}.new`, `${password}\n`, { mode: 0o600, flush: true });
  giveToOwnerOfFolder(`${file}.new`);
  fs.renameSync(`${file}.new`, file);
  return password;
}

const LOG_LIMIT_BYTES = 8_000_000;

function openLog(folder: string): { file: string; fd: number; from: number } {
  const file = path.join(folder, 'postgres.log');
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) fs.renameSync(file, `${file}.1`);
  const fd = fs.openSync(file, 'a', 0o600);
  giveToOwnerOfFolder(file);
  return { file, fd, from: fs.fstatSync(fd).size };
}

/** The line of the log, since we started, that says why it ended. */
function lastWord(file: string, from: number): string {
  const lines = fs.readFileSync(file).subarray(from).toString('utf8').split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((candidate) => /\b(FATAL|PANIC):/.test(candidate)) ?? lines.at(-1) ?? 'it ended without a word';
  return line.replace(/^.*?\b(FATAL|PANIC|LOG):\s+/, '').trim();
}

/** PostgreSQL tells its readiness only by its own file, so this is asked again and again, as pg_ctl does. */
async function whenReady(data: string, pid: () => number | undefined, ended: () => boolean): Promise<void> {
  while (!ended()) {
    const known = pid();
    if (known !== undefined && isReady(data, known)) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
}
