import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { OperatorError } from '../operator-error.js';
import { RejectsFile } from './rejects-file.js';
import { writeSummary, type Summary } from './summary.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atrium-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the rejects file', () => {
  it('is not made without a reject', async () => {
    const rejects = new RejectsFile(path.join(folder, 'none.csv'));
    await rejects.add([]);
    await rejects.close();
    expect(rejects.exists).toBe(false);
    expect(existsSync(rejects.file)).toBe(false);
  });

  it('holds line, key, code and detail of each, in order, readable as CSV', async () => {
    const rejects = new RejectsFile(path.join(folder, 'new', 'folder', 'rejects.csv'));
    const added = Array.from({ length: 50 }, (_, index) => ({ line: index + 2, key: `k${index}`, code: 'broken-row', detail: `says "${index}", and\nmore` }));
    await Promise.all(added.map((reject) => rejects.add([reject])));
    await rejects.add([{ line: 99, code: 'no-key', detail: '' }]);
    await rejects.close();
    expect(parse(await readFile(rejects.file), { columns: true })).toEqual([
      ...added.map((reject) => ({ ...reject, line: String(reject.line) })),
      { line: '99', key: '', code: 'no-key', detail: '' },
    ]);
  });

  it('that cannot be written is an error of one line', async () => {
    await writeFile(path.join(folder, 'a-file'), '');
    const rejects = new RejectsFile(path.join(folder, 'a-file', 'rejects.csv'));
    await expect(rejects.add([{ line: 2, code: 'x', detail: '' }])).rejects.toThrow(OperatorError);
    await expect(rejects.close()).resolves.toBeUndefined();
  });
});

describe('the summary file', () => {
  const summary: Summary = { source: 'spec', file: '/f.csv', outcome: 'complete', read: 3, accepted: 2, duplicates: 1, rejected: 0, seconds: 0.1, rowsPerSecond: 30 };

  it('is JSON, also in a folder that is not there yet', async () => {
    const file = path.join(folder, 'deep', 'summary.json');
    await writeSummary(file, summary);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(summary);
  });

  it('that cannot be written is an error of one line', async () => {
    await expect(writeSummary(folder, summary)).rejects.toThrow(OperatorError);
  });
});
