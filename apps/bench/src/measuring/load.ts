import fs from 'node:fs';
import os from 'node:os';
import { machineTime, processTime, timeOfTree, type ProcessTime } from './processor-time.js';

/** What the machine did meanwhile, in processors. Undefined where it cannot be told: outside Linux. */
export interface Load {
  /** Of programs that are not this one's. More than half a processor, and a figure tells of them. */
  readonly foreign: number | undefined;
  /** Of this program and its children. */
  readonly own: number | undefined;
  /** What the host gave to other machines. */
  readonly steal: number | undefined;
  /** Programs that wanted to run in the last minute, as the system averages it. */
  readonly average: number;
}

interface Reading {
  readonly atMs: number;
  readonly busy: number;
  readonly steal: number;
  readonly own: number;
}

/** Watches from now until the returned function is called. */
export function watchLoad(): () => Load {
  const before = read();
  return () => {
    const [average = 0] = os.loadavg();
    const after = read();
    if (before === undefined || after === undefined) return { foreign: undefined, own: undefined, steal: undefined, average };
    const seconds = (after.atMs - before.atMs) / 1_000;
    const own = (after.own - before.own) / seconds;
    return { own, foreign: Math.max(0, (after.busy - before.busy) / seconds - own), steal: (after.steal - before.steal) / seconds, average };
  };
}

function read(): Reading | undefined {
  if (process.platform !== 'linux') return undefined;
  return { atMs: performance.now(), ...machineTime(fs.readFileSync('/proc/stat', 'utf8')), own: timeOfTree(processes(), process.pid) };
}

function processes(): ProcessTime[] {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      return processTime(fs.readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
    } catch (error) {
      // It has ended since the folder was listed.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
}
