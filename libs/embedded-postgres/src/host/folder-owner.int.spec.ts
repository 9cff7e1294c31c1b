import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeFolder } from './folder-owner.js';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-owner-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

const modeOf = (folder: string) => fs.statSync(folder).mode & 0o777;

it('makes a folder and those above it with their mode, and leaves those that are there', () => {
  const folder = path.join(home, 'one/two');
  const before = modeOf(home);
  const umask = process.umask(0o077);
  try {
    makeFolder(folder, 0o711);
    makeFolder(folder, 0o700);
  } finally {
    process.umask(umask);
  }
  expect([home, path.dirname(folder), folder].map(modeOf)).toEqual([before, 0o711, 0o711]);
});

(process.getuid?.() === 0 ? it : it.skip)('gives what root makes to the owner of the folder it is in (as root only)', () => {
  const theirs = path.join(home, 'theirs');
  fs.mkdirSync(theirs);
  fs.chownSync(theirs, 65_534, 65_534);
  makeFolder(path.join(theirs, 'a/b'), 0o700);
  expect(['a', 'a/b'].map((name) => fs.statSync(path.join(theirs, name)).uid)).toEqual([65_534, 65_534]);
});
