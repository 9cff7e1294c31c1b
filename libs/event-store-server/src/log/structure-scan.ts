import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { DamagedLog } from '../errors.js';

/**
 * Run by a process of its own, because LMDB trusts its pages: a damaged one can end the process that reads it.
 * Touches every page in use, and stops at more entries than the file has room for, which is how a cycle would show.
 */
const SCRIPT = `
  const [, lmdb, folder, limit] = process.argv;
  const root = require(lmdb).open({ path: folder, noSubdir: false, readOnly: true, maxDbs: 4 });
  let entries = 0;
  let sum = 0;
  for (const name of ['events', 'streams']) {
    const store = root.openDB({ name, keyEncoding: 'binary', encoding: 'binary' });
    for (const { value } of store?.getRange({}) ?? []) {
      for (let at = 0; at < value.length; at += 1024) sum += value[at];
      entries += 1;
      if (entries > Number(limit)) throw new Error('its pages form a cycle');
    }
  }
  process.exit(0);
`;

/** An entry takes at least this much of the file. */
const SMALLEST_ENTRY_BYTES = 32;

/** Reads the whole structure in a child process. Throws {@link DamagedLog}. */
export const scanStructure = async (folder: string, fileBytes: number): Promise<void> => {
  const lmdb = createRequire(import.meta.url).resolve('lmdb');
  const limit = Math.ceil(fileBytes / SMALLEST_ENTRY_BYTES);
  const child = spawn(process.execPath, ['-e', SCRIPT, lmdb, folder, String(limit)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4_096)));
  const ended = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code === 0 ? '' : (signal ?? errorLine(complaint) ?? `exit code ${code}`)));
  });
  if (ended !== '') throw new DamagedLog(folder, `its pages cannot be read (${ended})`);
};

const errorLine = (text: string): string | undefined => /^\w*Error: (.*)$/m.exec(text)?.[1];
