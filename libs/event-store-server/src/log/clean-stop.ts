import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readMetaPages } from './meta-pages.js';

/** What a clean stop leaves behind, so that the next start need not read the whole log. */
interface CleanStop {
  readonly lastPosition: number;
  readonly fileBytes: number;
  readonly metaChecksum: number;
}

export const logFile = (folder: string): string => join(folder, 'data.mdb');

const markerFile = (folder: string): string => join(folder, 'clean-stop.json');

/** Takes the marker away: until the next clean stop the folder counts as stopped uncleanly. */
export const takeCleanStop = async (folder: string): Promise<CleanStop | undefined> => {
  const text = await unlessMissing(readFile(markerFile(folder), 'utf8'));
  if (text === undefined) return undefined;
  await unlink(markerFile(folder));
  await flush(folder);
  return parse(text);
};

export const leaveCleanStop = async (folder: string, lastPosition: number): Promise<void> => {
  const { fileBytes, checksum } = await readMetaPages(logFile(folder));
  const marker: CleanStop = { lastPosition, fileBytes, metaChecksum: checksum };
  const draft = `${markerFile(folder)}.new`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(JSON.stringify(marker));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, markerFile(folder));
  await flush(folder);
};

/** Undefined if there is no log file. */
export const logFileBytes = async (folder: string): Promise<number | undefined> => (await unlessMissing(stat(logFile(folder))))?.size;

/** Makes the folder's own entries durable. */
export const flush = async (folder: string): Promise<void> => {
  // Windows does not open folders, and keeps their entries durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const parse = (text: string): CleanStop | undefined => {
  let marker: Partial<CleanStop> | null;
  try {
    marker = JSON.parse(text) as Partial<CleanStop> | null;
  } catch {
    // A marker that cannot be read is none: the log is then read from end to end.
    return undefined;
  }
  const { lastPosition, fileBytes, metaChecksum } = marker ?? {};
  if (lastPosition === undefined || fileBytes === undefined || metaChecksum === undefined) return undefined;
  return { lastPosition, fileBytes, metaChecksum };
};

const unlessMissing = async <T>(found: Promise<T>): Promise<T | undefined> => {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
