import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ComparisonResult } from './measuring/row.js';

const repository = path.resolve(import.meta.dirname, '../../..');
const rows = ['follow-up', 'creation', 'durable-appends', 'projection', 'sink', 'import'];

let folder: string;
beforeAll(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-bench-spec-')); });
afterAll(() => { fs.rmSync(folder, { recursive: true, force: true }); });

it('runs quickly through what is built, and finds that both sides did the same work', async () => {
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  const file = path.join(folder, 'bench.json');
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(repository, 'dist/apps/bench/main.js'), '--quick', '--rounds', '1', '--rows', rows.join(','), '--json', file], { cwd: repository, env });
  const { rows: taken } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly rows: readonly ComparisonResult[] };
  expect(taken.map(({ name, verified }) => [name, verified])).toEqual([
    ['follow-up', '1201 streams, all of the same events'],
    ['creation', '2000 streams, all of the same events'],
    ['durable-appends', '1600 events a round are in either log'],
    ['projection', expect.stringMatching(/^2 tables of 4000 rows, [0-9a-f]{32}$/)],
    ['sink', expect.stringMatching(/^4 tables of 4000 rows, [0-9a-f]{32}$/)],
    ['import', expect.stringMatching(/^500 streams a round, \d+ kinds, on either side the same events$/)],
  ]);
  for (const { name } of taken) expect(stdout).toContain(`| ${name} `);
}, 300_000);
