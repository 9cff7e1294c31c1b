import path from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { OperatorError, reasonOf } from '../operator-error.js';
import type { TextFile } from './text-file.js';

/** Opens the only CSV of a zip; nothing is unpacked to disk. Fails with an OperatorError that names the file. */
export async function openZippedCsv(file: string): Promise<TextFile> {
  const zip = await openZip(file);
  try {
    const entries = (await entriesOf(zip)).filter(isCsv);
    const [entry] = entries;
    if (entry === undefined || entries.length > 1) {
      throw new OperatorError(`${file} holds ${entries.length} CSV files; it must hold one.`);
    }
    if (entry.isEncrypted()) throw new OperatorError(`${file} is encrypted.`);
    return { name: entry.fileName, totalBytes: entry.uncompressedSize, bytes: contentOf(zip, entry, file) };
  } catch (error) {
    zip.close();
    throw error instanceof OperatorError ? error : unreadable(file, error);
  }
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, file: string): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  try {
    for await (const chunk of await streamOf(zip, entry)) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    zip.close();
  }
  // yauzl leaves this check to its caller.
  if (checksum !== entry.crc32) throw unreadable(file, new Error('its checksum is wrong'));
}

const isCsv = (entry: yauzl.Entry): boolean =>
  /\.csv$/i.test(entry.fileName) && !entry.fileName.startsWith('__MACOSX/') && !path.posix.basename(entry.fileName).startsWith('.');

const unreadable = (file: string, error: unknown): OperatorError =>
  new OperatorError(`${file} is not a readable zip; it may be truncated or damaged (${reasonOf(error)}).`);

const openZip = (file: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(unreadable(file, error));
    });
  });

const entriesOf = (zip: yauzl.ZipFile): Promise<yauzl.Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });

const streamOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
