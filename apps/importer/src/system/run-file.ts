import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { codeOf, OperatorError, reasonOf } from '../operator-error.js';

const runFile = z.object({ version: z.literal(1), pid: z.int().positive(), url: z.url(), issuer: z.string().optional() });

/** What a running system writes into its data folder while it runs. */
export type RunFile = Readonly<z.infer<typeof runFile>>;

/** Undefined when no system runs on this folder, as far as its run file says. */
export async function readRunFile(dataFolder: string): Promise<RunFile | undefined> {
  const file = path.join(dataFolder, 'run.json');
  const text = await textOf(file);
  if (text === undefined) return undefined;
  try {
    return runFile.parse(JSON.parse(text));
  } catch (error) {
    throw new OperatorError(`${file} is not a run file that this importer understands.`, { cause: error });
  }
}

/** The text of a file, or undefined when there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new OperatorError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
}

/** Whether a process of this id lives. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
