import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { codeOf } from './system-error.js';

/** A process, told apart from a later one that got the same pid: `birth` is the boot and the tick at which it started. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly birth: string;
}

interface Facts {
  readonly birth: string;
  readonly name: string;
  /** Milliseconds since 1970, UTC; good to about a second. */
  readonly startedAtMs: number;
}

const TICKS_A_SECOND = 100;

/** What the system knows of a running process; undefined when there is none. A zombie has ended and counts as none. */
export function processFacts(pid: number): Facts | undefined {
  return process.platform === 'linux' ? factsFromProc(pid) : factsFromPs(pid);
}

function factsFromProc(pid: number): Facts | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const state = fields[0] ?? '';
  const startTicks = fields[19] ?? '';
  if (state === 'Z' || state === 'X') return undefined;
  const bootedAtSeconds = Number(/^btime (\d+)$/m.exec(fs.readFileSync('/proc/stat', 'utf8'))?.[1]);
  return {
    birth: `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`,
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    startedAtMs: (bootedAtSeconds + Number(startTicks) / TICKS_A_SECOND) * 1000,
  };
}

function factsFromPs(pid: number): Facts | undefined {
  let line: string;
  try {
    line = execFileSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }).trim();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 1) return undefined;
    throw error;
  }
  const [, state = '', birth = '', command = ''] = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? [];
  if (state === '' || state.startsWith('Z')) return undefined;
  return { birth, name: command.split('/').at(-1) ?? command, startedAtMs: Date.parse(`${birth} UTC`) };
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return undefined;
    throw error;
  }
}

/** Names a running process so that it can be recognised later; undefined when it has ended already. */
export function identify(pid: number): ProcessIdentity | undefined {
  const facts = processFacts(pid);
  return facts && { pid, birth: facts.birth };
}

/** Whether that very process still runs: not merely one with its pid. */
export const isRunning = (identity: ProcessIdentity): boolean => processFacts(identity.pid)?.birth === identity.birth;

const POLL_MS = 20;

/**
 * Ends a process that need not be a child of this one. Each signal is given its time; the last should be SIGKILL.
 * @returns whether it has ended
 */
export async function endProcess(identity: ProcessIdentity, steps: readonly { signal: NodeJS.Signals; waitMs: number }[]): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isRunning(identity)) return true;
    sendSignal(identity.pid, signal);
    if (await hasEndedWithin(identity, waitMs)) return true;
  }
  return !isRunning(identity);
}

/** Waits for a process that is already on its way out. Polls, because only a parent is told. */
export async function hasEndedWithin(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  for (const until = Date.now() + waitMs; Date.now() < until; ) {
    if (!isRunning(identity)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return !isRunning(identity);
}

/** Signals a process; one that has just ended needs none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
