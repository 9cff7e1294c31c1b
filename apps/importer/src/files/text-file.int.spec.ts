import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { OperatorError } from '../operator-error.js';
import { openTextFile } from './text-file.js';
import { zipOf } from './zip.fixture.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (name: string, content: Buffer | string): Promise<string> => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};

/** The content as far as it can be read, and the error that ends it. */
async function readOf(file: string): Promise<{ readonly text: string; readonly error?: unknown }> {
  let text = '';
  try {
    const { bytes } = await openTextFile(file);
    for await (const chunk of bytes) text += Buffer.from(chunk).toString('latin1');
    return { text };
  } catch (error) {
    return { text, error };
  }
}

/** Not compressible, so that a damaged byte of the zip is a damaged byte of the content. */
const rows = Array.from({ length: 40_000 }, (_, index) => `${index},${((index * 2_654_435_761) % 4_294_967_296).toString(36)}\n`).join('');
const csv = { name: 'requests.csv', content: Buffer.from(rows) };

describe('files of text', () => {
  it('reads a plain file, whatever it is called', async () => {
    expect(await readOf(await written('plain.zip', 'a,b\n'))).toEqual({ text: 'a,b\n' });
  });

  it('reads the one CSV of a zip, beside what other programs leave there', async () => {
    const file = await written('good.csv', zipOf({ name: '__MACOSX/._requests.csv', content: Buffer.from('x') }, { name: 'read me.txt', content: Buffer.from('x') }, csv));
    const opened = await openTextFile(file);
    expect([opened.name, opened.totalBytes]).toEqual(['requests.csv', rows.length]);
    expect((await readOf(file)).text).toBe(rows);
  });

  it('closes a zip that is left in the middle', async () => {
    const { bytes } = await openTextFile(await written('left.zip', zipOf(csv)));
    for await (const chunk of bytes) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await expect(readOf(path.join(folder, 'left.zip'))).resolves.toMatchObject({ text: rows });
  });

  it.each([
    ['no CSV', zipOf({ name: 'a.txt', content: Buffer.from('x') }), /holds 0 CSV files; it must hold one/],
    ['two CSVs', zipOf(csv, { ...csv, name: 'more/other.CSV' }), /holds 2 CSV files; it must hold one/],
    ['its end cut off', zipOf(csv).subarray(0, 30_000), /not a readable zip; it may be truncated or damaged/],
    ['two bytes', Buffer.from('PK'), /not a readable zip/],
    ['nothing', Buffer.alloc(0), /is empty/],
  ])('refuses a file with %s in one line', async (name, content, message) => {
    const { error, text } = await readOf(await written(`${name}.zip`, content));
    expect(error).toBeInstanceOf(OperatorError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(text).toBe('');
  });

  it('gives what stands before a damage, and then says so', async () => {
    const damaged = zipOf(csv);
    const middle = Math.floor(damaged.length / 2);
    damaged.fill(0xff, middle, middle + 64);
    const { error, text } = await readOf(await written('damaged.zip', damaged));
    expect((error as Error).message).toMatch(/not a readable zip; it may be truncated or damaged/);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(rows.length);
    expect(rows.startsWith(text.slice(0, 10_000))).toBe(true);
  });

  it('finds a damage that still unpacks, by the checksum', async () => {
    const zip = zipOf(csv);
    const central = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    zip.writeUInt32LE(zip.readUInt32LE(central + 16) === 7 ? 8 : 7, central + 16);
    expect((await readOf(await written('checksum.zip', zip))).error).toMatchObject({ message: expect.stringContaining('its checksum is wrong') as string });
  });

  it.each([
    ['missing.csv', /Cannot read .*missing\.csv: .*ENOENT/],
    ['.', /is not a file/],
  ])('says what is wrong with %s', async (name, message) => {
    expect(String((await readOf(path.join(folder, name))).error)).toMatch(message);
  });
});
