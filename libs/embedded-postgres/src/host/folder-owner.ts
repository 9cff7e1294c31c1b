import fs from 'node:fs';
import path from 'node:path';

/** What root makes in a folder of somebody else is given to that account, so that it can go on without root. */
export function giveToOwnerOfFolder(file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(path.dirname(file));
  if (uid !== 0) fs.chownSync(file, uid, gid);
}

/** Makes a folder and those above it, each of them its parent's owner's, with this mode whatever the umask. */
export function makeFolder(folder: string, mode: number): void {
  const first = fs.mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let made = first; ; made = path.join(made, path.relative(made, folder).split(path.sep)[0] ?? '')) {
    fs.chmodSync(made, mode);
    giveToOwnerOfFolder(made);
    if (made === folder) return;
  }
}
