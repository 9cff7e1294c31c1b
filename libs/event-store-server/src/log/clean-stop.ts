import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from './crc32c.js';

/** LMDB's two alternating meta pages are the first of the file. */
const META_BYTES = 2 * 4_096;

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
  let text: string;
  try {
    text = await readFile(markerFile(folder), 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  await unlink(markerFile(folder));
  await flush(folder);
  return parse(text);
};

export const leaveCleanStop = async (folder: string, lastPosition: number): Promise<void> => {
  const marker: CleanStop = { lastPosition, ...(await describeLogFile(folder)) };
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
export const logFileBytes = async (folder: string): Promise<number | undefined> => {
  try {
    return (await stat(logFile(folder))).size;
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
};

export const describeLogFile = async (folder: string): Promise<Omit<CleanStop, 'lastPosition'>> => {
  const handle = await open(logFile(folder), 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(META_BYTES), 0, META_BYTES, 0);
    return { fileBytes: (await handle.stat()).size, metaChecksum: crc32c(buffer.subarray(0, bytesRead)) };
  } finally {
    await handle.close();
  }
};

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
  let marker: Partial<CleanStop>;
  try {
    marker = JSON.parse(text) as Partial<CleanStop>;
  } catch {
    return undefined;
  }
  const { lastPosition, fileBytes, metaChecksum } = marker ?? {};
  if (lastPosition === undefined || fileBytes === undefined || metaChecksum === undefined) return undefined;
  return { lastPosition, fileBytes, metaChecksum };
};

const isMissingFile = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
