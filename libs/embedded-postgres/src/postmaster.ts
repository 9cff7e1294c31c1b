import fs from 'node:fs';
import path from 'node:path';
import { endProcess, identify, processFacts } from './host/process-identity.js';
import { codeOf } from './host/system-error.js';
import { PostgresCannotStart } from './postgres-cannot-start.js';

/** What PostgreSQL writes into `postmaster.pid`: line 1 its pid, line 3 when it started (seconds), line 8 how far it is. */
interface PostmasterFile {
  readonly pid: number;
  readonly startedAtMs: number;
  readonly status: string;
}

function readPostmasterFile(data: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  return { pid: Number(lines[0]), startedAtMs: Number(lines[2]) * 1000, status: (lines[7] ?? '').trim() };
}

/** Whether the postmaster with this pid takes connections, by its own word. */
export function isReady(data: string, pid: number): boolean {
  const file = readPostmasterFile(data);
  return file?.pid === pid && file.status === 'ready';
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (it recovers at the next start). */
export const STOPPING = [{ signal: 'SIGINT', waitMs: 6_000 }, { signal: 'SIGQUIT', waitMs: 2_000 }, { signal: 'SIGKILL', waitMs: 1_000 }] as const;

/**
 * Ends a postmaster that a killed launcher left on this folder, and removes what a killed postmaster left: PostgreSQL
 * itself refuses to start when the pid in its file belongs to any process at all, which after a restart of the machine
 * or the container it often does.
 */
export async function clearLeftovers(data: string): Promise<void> {
  const file = readPostmasterFile(data);
  if (file === undefined) return;
  if (runsOn(data, file)) await end(file.pid, data, STOPPING);
  await Promise.all(strays(data).map((pid) => end(pid, data, [{ signal: 'SIGKILL', waitMs: 5_000 }])));
  fs.rmSync(path.join(data, 'postmaster.pid'), { force: true });
}

async function end(pid: number, data: string, steps: Parameters<typeof endProcess>[1]): Promise<void> {
  const leftover = identify(pid);
  if (leftover === undefined || await endProcess(leftover, steps)) return;
  throw new PostgresCannotStart(`an earlier one (pid ${pid}) still runs on ${data} and cannot be ended`);
}

/** Processes whose postmaster was killed while they were busy: they hold its shared memory, and no new one may start. */
function strays(data: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => processFacts(pid)?.name === 'postgres' && worksIn(pid, data) === true);
}

const CLOCK_TOLERANCE_MS = 5_000;

function runsOn(data: string, { pid, startedAtMs }: PostmasterFile): boolean {
  const facts = processFacts(pid);
  if (facts?.name !== 'postgres') return false;
  return worksIn(pid, data) ?? Math.abs(facts.startedAtMs - startedAtMs) < CLOCK_TOLERANCE_MS;
}

/** Whether the process has this working folder, as a postmaster has its data; undefined when we may not know. */
function worksIn(pid: number, folder: string): boolean | undefined {
  try {
    const theirs = fs.statSync(`/proc/${pid}/cwd`);
    const wanted = fs.statSync(folder);
    return theirs.dev === wanted.dev && theirs.ino === wanted.ino;
  } catch (error) {
    if (['EACCES', 'EPERM', 'ENOENT'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
