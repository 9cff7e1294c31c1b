import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { PostgresCannotStart } from './postgres-cannot-start.js';

const run = promisify(execFile);

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A way to run PostgreSQL's programs. PostgreSQL refuses to run as root, so root has to hand it to another account, and
 * that account has to get at the programs and the folder even where the folders above them are closed to it.
 */
export interface Confinement {
  readonly name: string;
  /** The account that must own the data; undefined when it is our own. */
  readonly account?: Account;
  /** PostgreSQL's files and its folder by the paths under which the confined program sees them. */
  readonly native: string;
  readonly folder: string;
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

interface Places {
  readonly native: string;
  readonly folder: string;
}

/** Nothing of our environment reaches PostgreSQL: PG* variables, locales and preloads would change what it does. */
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const start = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
  spawn(command, args, { cwd: '/', env: ENVIRONMENT, detached: true, ...options });

const ourselves = (places: Places): Confinement => ({ name: 'ourselves', ...places, spawn: start });

/** Another account, plainly: works where every folder above may be entered by others. */
const otherAccount = (places: Places, account: Account): Confinement => ({
  name: 'other account', account, ...places,
  spawn: (program, args, options) => start(program, args, { ...options, ...account }),
});

/**
 * Another account without any privilege, in a mount namespace of its own that shows the two folders at places it can
 * reach. The folders are held open first, because what covers /mnt may hide them.
 */
const ownNamespace = (places: Places, account: Account): Confinement => {
  const script = [
    'set -e', 'umask 022', 'exec 3<"$1" 4<"$2"', 'shift 2',
    'mount -t tmpfs -o mode=755,size=1m atrium /mnt', 'mkdir /mnt/native /mnt/folder',
    'mount --no-canonicalize --bind /proc/self/fd/3 /mnt/native', 'mount --no-canonicalize --bind /proc/self/fd/4 /mnt/folder',
    `exec setpriv --reuid ${account.uid} --regid ${account.gid} --clear-groups --inh-caps -all --bounding-set -all --no-new-privs "$@" 3<&- 4<&-`,
  ].join('\n');
  return {
    name: 'own mount namespace', account, native: '/mnt/native', folder: '/mnt/folder',
    spawn: (program, args, options) =>
      start('unshare', ['--mount', '--propagation', 'private', '/bin/sh', '-c', script, 'sh', places.native, places.folder, program, ...args], options),
  };
};

/**
 * Ourselves under the number of another account, in a user namespace without privileges: for a root that may not become
 * anybody else, as in a sandbox that knows one account only. The data stay our own.
 */
const ownUserNamespace = (places: Places, { uid, gid }: Account): Confinement => ({
  name: 'own user namespace', account: { uid: 0, gid: 0 }, ...places,
  spawn: (program, args, options) => start('unshare', ['--user', `--map-user=${uid}`, `--map-group=${gid}`, program, ...args], options),
});

/**
 * Another account that keeps one privilege of root, to pass folders that are closed to it: what root still can in a
 * container that may not mount. Without the secure bit access(2) ignores the privilege, and PostgreSQL asks access(2).
 */
const keptCapability = (capability: string) => (places: Places, account: Account): Confinement => ({
  name: capability, account, ...places,
  spawn: (program, args, options) => start('setpriv', [
    '--securebits', '+no_setuid_fixup', '--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups',
    '--inh-caps', `-all,+${capability}`, '--ambient-caps', `+${capability}`, '--bounding-set', `-all,+${capability}`, '--no-new-privs', program, ...args,
  ], options),
});

/** In this order: the plainest first, then the least privileged. */
const WAYS_OF_ROOT = [otherAccount, ownNamespace, keptCapability('dac_read_search'), keptCapability('dac_override'), ownUserNamespace];

/**
 * Chooses how to run PostgreSQL on this folder: as ourselves, or for root by the first way that works here.
 * @param only restricts root to the way of that name
 * @throws PostgresCannotStart when none does
 */
export async function chooseConfinement(places: Places, only?: string): Promise<Confinement> {
  if (process.getuid?.() !== 0) return ourselves(places);
  const account = await accountFor(places.folder);
  const refusals: string[] = [];
  for (const way of WAYS_OF_ROOT.map((make) => make(places, account))) {
    if (only !== undefined && way.name !== only) continue;
    const refusal = await probe(way, places.folder);
    if (refusal === undefined) return way;
    refusals.push(`${way.name}: ${refusal}`);
  }
  throw new PostgresCannotStart(
    `it refuses to run as root, and no other account can reach ${places.native} and ${places.folder} (${refusals.join('; ')}); start as an ordinary user`);
}

const PROBE = 'head -c 1 "$1/share/postgresql/postgres.bki" >/dev/null && : >"$2/written" && exec "$1/bin/postgres" --version >/dev/null';

/** Tries a way for real, on the folders in question. Returns why it does not work. */
async function probe(way: Confinement, folder: string): Promise<string | undefined> {
  const scratch = await fs.mkdtemp(path.join(folder, 'probe-'));
  try {
    const refusal = way.account && await fs.chown(scratch, way.account.uid, way.account.gid).then(() => undefined, (error: Error) => error.message);
    if (refusal !== undefined) return refusal;
    return await tryOut(way, path.join(way.folder, path.basename(scratch)));
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

function tryOut(way: Confinement, scratch: string): Promise<string | undefined> {
  const child = way.spawn('/bin/sh', ['-c', PROBE, 'sh', way.native, scratch], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => { complaint += chunk.toString('utf8'); });
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 'not on this system' : error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : complaint.trim().split('\n').at(-1) || `ended with ${code ?? signal}`));
  });
}

/** Whose the folder is already, else `postgres`, else `nobody`. initdb wants one that the system can name. */
async function accountFor(folder: string): Promise<Account> {
  for (const place of [path.join(folder, 'data'), folder]) {
    const owner = await fs.stat(place).catch(() => undefined);
    if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, name]))).catch(() => undefined);
    if (ids !== undefined) return { uid: Number(ids[0]?.stdout), gid: Number(ids[1]?.stdout) };
  }
  throw new PostgresCannotStart('it refuses to run as root, and there is neither an account postgres nor nobody; start as an ordinary user');
}
