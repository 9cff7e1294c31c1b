import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from './operator-error.js';

/** A path below the folder that holds this program's sources or bundle, found from wherever the program lies in it. */
export function inRepository(...parts: readonly string[]): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'apps', 'importer', 'package.json'))) return path.join(folder, ...parts);
    if (folder === path.dirname(folder)) throw new OperatorError(`The importer must lie in its repository; ${here} is in none.`);
  }
}
