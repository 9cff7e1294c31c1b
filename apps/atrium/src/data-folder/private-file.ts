import fs from 'node:fs';
import path from 'node:path';
import { codeOf, giveToOwnerOfFolder, makeFolder } from '@atrium/embedded-postgres';

/** Writes a file for its owner only, whole or not at all: a reader never sees half of it, also after a crash. */
export function writePrivateFile(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}.new`;
  fs.writeFileSync(unfinished, content, { mode: 0o600, flush: true });
  giveToOwnerOfFolder(unfinished);
  fs.renameSync(unfinished, file);
}

/** The text of a file, or undefined when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The secret in a file, made by `make` the first time. */
export function keepSecret(file: string, make: () => string): string {
  const known = readIfThere(file)?.trim();
  if (known !== undefined && known !== '') return known;
  const secret = make();
  makeFolder(path.dirname(file), 0o700);
  writePrivateFile(file, `${secret}\n`);
  return secret;
}
