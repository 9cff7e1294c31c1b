import fs from 'node:fs';
import path from 'node:path';
import { codeOf, makeFolder } from '@atrium/embedded-postgres';
import { OperatorError } from '../operator-error.js';
import { layout, type Layout } from './layout.js';

/** A new system takes about 100 MB; below this a start would soon fail in less clear ways. */
const NEEDED_BYTES = 200_000_000;

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied', EPERM: 'not permitted', EROFS: 'the file system is read-only', ENOSPC: 'the disk is full', EDQUOT: 'the quota is used up',
  ENOTDIR: 'a part of the path is not a folder', EEXIST: 'it is not a folder', ELOOP: 'the path is a loop of links', ENAMETOOLONG: 'the name is too long',
};

/**
 * Makes the data folder, open to its owner alone; root's may also be passed through, because PostgreSQL runs under
 * another account. @throws OperatorError when it cannot be written or the disk is full
 */
export function prepareFolder(folder: string): Layout {
  try {
    makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    const real = fs.realpathSync(folder);
    const probe = path.join(real, `.written-by-${process.pid}`);
    fs.writeFileSync(probe, 'Atrium can write here\n', { flush: true });
    fs.rmSync(probe);
    requireSpace(real);
    const places = layout(real);
    for (const own of [places.logs, places.eventStore, places.issuer]) makeFolder(own, 0o700);
    return places;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new OperatorError(`Atrium cannot write its data folder ${folder}: ${WHY[code] ?? code}`, 1, { cause: error });
  }
}

function requireSpace(folder: string): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= NEEDED_BYTES) return;
  throw new OperatorError(`The disk of ${folder} is full: ${Math.floor(freeBytes / 1e6)} MB are free, Atrium needs ${NEEDED_BYTES / 1e6} MB`);
}
