import { mkdir } from 'node:fs/promises';
import { LmdbStorage } from './lmdb-storage.js';
import type { Storage } from './storage.js';

/** Opens the log of a folder. Throws `FolderInUse` and `DamagedLog`. */
export const openDiskStorage = async (folder: string): Promise<Storage> => {
  await mkdir(folder, { recursive: true });
  return new LmdbStorage(folder);
};
