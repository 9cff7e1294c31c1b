import fs from 'node:fs';
import { z } from 'zod';
import { endProcess, hasEndedWithin, identify, isRunning, type ProcessIdentity } from '@atrium/embedded-postgres';
import { OperatorError } from '../operator-error.js';
import { readIfThere, writePrivateFile } from './private-file.js';
import { parseJson } from './run-file.js';

const identity = z.object({ pid: z.number().int().positive(), birth: z.string() });
const schema = z.object({ supervisor: identity, children: z.record(z.string(), identity) });

/** Who runs on a folder, written down at each change, so that the next start can end what a killed one left. */
export class ProcessList {
  private readonly children: Record<string, ProcessIdentity> = {};

  constructor(private readonly file: string) {}

  add(name: string, pid: number): void {
    const child = identify(pid);
    if (child !== undefined) this.children[name] = child;
    this.write();
  }

  remove(name: string): void {
    delete this.children[name];
    this.write();
  }

  write(): void {
    writePrivateFile(this.file, `${JSON.stringify({ supervisor: identify(process.pid), children: this.children })}\n`);
  }

  clear(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** The supervisor that runs on this folder now, by what it wrote down. */
export function runningSupervisor(file: string): ProcessIdentity | undefined {
  const supervisor = read(file)?.supervisor;
  return supervisor !== undefined && isRunning(supervisor) ? supervisor : undefined;
}

/** Children end by themselves when their supervisor is gone; this waits for them, and ends those that do not. */
export async function endLeftovers(file: string): Promise<readonly string[]> {
  const leftovers = Object.entries(read(file)?.children ?? {}).filter(([, child]) => isRunning(child));
  await Promise.all(leftovers.map(async ([name, child]) => {
    if (await hasEndedWithin(child, 5_000)) return;
    if (await endProcess(child, [{ signal: 'SIGTERM', waitMs: 10_000 }, { signal: 'SIGKILL', waitMs: 5_000 }])) return;
    throw new OperatorError(`The process ${child.pid} (${name}) of an earlier start does not end; end it and start again`);
  }));
  return leftovers.map(([name]) => name);
}

const read = (file: string) => schema.safeParse(parseJson(readIfThere(file) ?? '')).data;
