import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError, reasonOf } from '../operator-error.js';
import { openZippedCsv } from './zipped-csv.js';

/** A file's bytes as a stream. `totalBytes` counts what will come out, unpacked. */
export interface TextFile {
  readonly name: string;
  readonly totalBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Opens a plain file, or the one CSV of a zip; which of the two it is, its first bytes say and not its name. */
export async function openTextFile(file: string): Promise<TextFile> {
  const { size, isZip } = await inspect(file);
  return isZip ? openZippedCsv(file) : { name: path.basename(file), totalBytes: size, bytes: createReadStream(file) };
}

async function inspect(file: string): Promise<{ readonly size: number; readonly isZip: boolean }> {
  try {
    const handle = await open(file);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new OperatorError(`${file} is not a file.`);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      if (bytesRead === 0) throw new OperatorError(`${file} is empty.`);
      return { size: stat.size, isZip: buffer.toString('latin1', 0, 2) === 'PK' };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
}
