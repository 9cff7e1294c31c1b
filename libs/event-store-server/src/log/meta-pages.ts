import { open } from 'node:fs/promises';
import { crc32c } from './crc32c.js';

/*
 * LMDB's two meta pages are the first of its file; each commit overwrites the older one. Within a page (little-endian): magic u32 at 24,
 * page size u32 at 48, last page in use u64 at 144, transaction id u64 at 152.
 */
const MAGIC = 0xbeefc0de;
const PAGE_SIZES = [4_096, 8_192, 16_384, 32_768, 65_536];

export interface MetaPages {
  readonly fileBytes: number;
  readonly checksum: number;
  /** What is wrong with them, if anything. */
  readonly damage: string | undefined;
}

export const readMetaPages = async (file: string): Promise<MetaPages> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2 * Math.max(...PAGE_SIZES)), 0, undefined, 0);
    const { size } = await handle.stat();
    const bytes = buffer.subarray(0, bytesRead);
    const pageSize = bytesRead < 160 ? 0 : bytes.readUInt32LE(48);
    const pages = PAGE_SIZES.includes(pageSize) ? bytes.subarray(0, 2 * pageSize) : bytes;
    return { fileBytes: size, checksum: crc32c(pages), damage: damageOf(pages, pageSize, size) };
  } finally {
    await handle.close();
  }
};

const damageOf = (pages: Buffer, pageSize: number, fileBytes: number): string | undefined => {
  if (!PAGE_SIZES.includes(pageSize) || pages.length < 2 * pageSize) return 'its head cannot be read';
  const metas = [0, pageSize].map((start) => ({
    magic: pages.readUInt32LE(start + 24),
    lastPage: pages.readBigUInt64LE(start + 144),
    transaction: pages.readBigUInt64LE(start + 152),
  }));
  const [older, newer] = metas.sort((a, b) => (a.transaction < b.transaction ? -1 : 1));
  if (older === undefined || newer === undefined || metas.some(({ magic }) => magic !== MAGIC)) return 'its head cannot be read';
  // A gap means that the page of the last commit is not what it was, and LMDB would go back to an earlier state without a word.
  if (newer.transaction - older.transaction > 1n) return 'the two halves of its head do not belong together';
  const expected = (newer.lastPage + 1n) * BigInt(pageSize);
  return BigInt(fileBytes) < expected ? `its file has ${fileBytes} bytes instead of ${expected}` : undefined;
};
