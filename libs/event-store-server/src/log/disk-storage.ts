import { mkdir } from 'node:fs/promises';
import { DamagedLog } from '../errors.js';
import { flush, leaveCleanStop, logFile, logFileBytes, takeCleanStop } from './clean-stop.js';
import { lockFolder } from './folder-lock.js';
import { LmdbStorage } from './lmdb-storage.js';
import { readMetaPages } from './meta-pages.js';
import type { Storage } from './storage.js';
import { scanStructure } from './structure-scan.js';

export interface OpenStorage {
  readonly storage: Storage;
  /** A log that failed while it was open is not closed as clean, so that the next start reads it from end to end. */
  close(how: { readonly clean: boolean }): Promise<void>;
}

/**
 * Opens the log of a folder for this process alone. After anything but a clean stop it is read from end to end first.
 * Throws `FolderInUse` and `DamagedLog`.
 */
export const openDiskStorage = async (folder: string): Promise<OpenStorage> => {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    const storage = await openChecked(folder);
    const close: OpenStorage['close'] = async ({ clean }) => {
      try {
        const lastPosition = clean ? (storage.last()?.position ?? 0) : undefined;
        await storage.close();
        if (lastPosition !== undefined) await leaveCleanStop(folder, lastPosition);
      } finally {
        await lock.release();
      }
    };
    return { storage, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const openChecked = async (folder: string): Promise<LmdbStorage> => {
  const cleanStop = await takeCleanStop(folder);
  const bytes = await logFileBytes(folder);
  if (bytes === undefined) {
    if (cleanStop) throw new DamagedLog(folder, 'its file is missing');
    const created = openLmdb(folder);
    await flush(folder);
    return created;
  }
  if (cleanStop && bytes < cleanStop.fileBytes) throw new DamagedLog(folder, `its file has ${bytes} bytes instead of ${cleanStop.fileBytes}`);
  const { checksum, damage } = await readMetaPages(logFile(folder));
  if (damage !== undefined) throw new DamagedLog(folder, damage);
  const clean = cleanStop !== undefined && checksum === cleanStop.metaChecksum;
  if (!clean) await scanStructure(folder, bytes);
  const storage = openLmdb(folder);
  try {
    if (!clean) await storage.verify();
    const lastPosition = storage.last()?.position ?? 0;
    if (cleanStop && lastPosition !== cleanStop.lastPosition) {
      throw new DamagedLog(folder, `it ends at position ${lastPosition} instead of ${cleanStop.lastPosition}`);
    }
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
};

/** LMDB's own complaints about a file start with MDB_; others, such as missing rights, are the operating system's. */
const openLmdb = (folder: string): LmdbStorage => {
  try {
    return new LmdbStorage(folder);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw message.startsWith('MDB_') ? new DamagedLog(folder, message) : error;
  }
};
