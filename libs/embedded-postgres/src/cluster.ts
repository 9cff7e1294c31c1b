import { chown, lchown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Confinement } from './confinement.js';
import { PostgresCannotStart } from './postgres-cannot-start.js';

export const SUPERUSER = 'atrium';
const MAJOR_VERSION = '18';

/** Sees to it that `<folder>/data` is a database cluster of the confinement's account. */
export async function ensureCluster(folder: string, password: string, confinement: Confinement): Promise<void> {
  const data = path.join(folder, 'data');
  const version = await readFile(path.join(data, 'PG_VERSION'), 'utf8').then((text) => text.trim(), (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (version === undefined) return await makeCluster(folder, password, confinement);
  if (version !== MAJOR_VERSION) throw new PostgresCannotStart(`${data} was made by PostgreSQL ${version}, this is ${MAJOR_VERSION}`);
  await handOver(data, confinement);
}

/** Made beside its place and moved there whole, so that a start that was killed leaves no half of a cluster behind. */
async function makeCluster(folder: string, password: string, confinement: Confinement): Promise<void> {
  const unfinished = path.join(folder, 'data.new');
  const passwordFile = path.join(folder, 'password.new');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (confinement.account !== undefined) {
    const { uid, gid } = confinement.account;
    await Promise.all([unfinished, passwordFile].map((file) => chown(file, uid, gid)));
  }
  try {
    await initdb(confinement);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, path.join(folder, 'data'));
}

async function initdb({ native, folder, spawn }: Confinement): Promise<void> {
  const child = spawn(path.join(native, 'bin/initdb'), [
    '--pgdata', path.join(folder, 'data.new'), '--username', SUPERUSER, '--pwfile', path.join(folder, 'password.new'), '--auth', 'scram-sha-256',
    '--encoding', 'UTF8', '--no-locale', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => { complaint += chunk.toString('utf8'); });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new PostgresCannotStart(complaint.split('\n').findLast((line) => line.includes('error:')) ?? (complaint.trim() || `initdb ended with ${code}`));
}

/** A folder that was copied or started by another account belongs to that one; PostgreSQL starts only on its own. */
async function handOver(data: string, { account }: Confinement): Promise<void> {
  if (account === undefined || (await stat(data)).uid === account.uid) return;
  for (const entry of await readdir(data, { recursive: true })) await lchown(path.join(data, entry), account.uid, account.gid);
  await lchown(data, account.uid, account.gid);
}
