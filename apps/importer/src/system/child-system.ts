import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { OperatorError } from '../operator-error.js';

const readyMessage = z.object({ ready: z.literal(true), url: z.url() });

export interface ChildSystem {
  readonly url: string;
  /** What the system said last, when it has ended by itself. */
  failure(): string | undefined;
  stop(): Promise<void>;
}

/** How long a started system may take to answer its first request, an empty folder included. */
const startWithinMs = 120_000;
const stopWithinMs = 20_000;

/**
 * Starts the built system on a folder, at a free port. It lives in a process group of its own, so that Ctrl-C reaches
 * only this process and rows under way are still answered; it ends when the channel to this process closes.
 */
export async function startChildSystem(script: string, dataFolder: string, signal: AbortSignal): Promise<ChildSystem> {
  if (!existsSync(script)) throw new OperatorError(`No system runs on ${dataFolder}, and ${script} is missing: run "npm run build" first.`);
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ATRIUM_DATA: dataFolder, ATRIUM_PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  });
  const lastWords = lastLineOf(child);
  const failure = (): string | undefined =>
    child.exitCode === null && child.signalCode === null ? undefined : `${lastWords() || `it ended with ${child.exitCode ?? child.signalCode}`}`;
  try {
    return { url: await readiness(child, failure, signal), failure, stop: () => stop(child) };
  } catch (error) {
    // Too young, perhaps, to notice that its channel closes.
    child.kill('SIGTERM');
    await stop(child);
    throw error;
  }
}

async function readiness(child: ChildProcess, failure: () => string | undefined, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const done = new AbortController();
  try {
    return await new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: done.signal });
      const tooLate = setTimeout(() => reject(new OperatorError(`The system was not ready within ${startWithinMs / 1000} s.`)), startWithinMs);
      done.signal.addEventListener('abort', () => clearTimeout(tooLate));
      child.once('error', (error) => reject(new OperatorError(`The system cannot be started: ${error.message}`)));
      child.once('close', () => reject(new OperatorError(`The system did not start: ${failure() ?? 'it ended'}`)));
      child.on('message', (message) => {
        const ready = readyMessage.safeParse(message);
        if (ready.success) resolve(ready.data.url);
      });
    });
  } finally {
    done.abort();
  }
}

function lastLineOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-4_000)));
  return () => tail.trim().split('\n').at(-1)?.trim() ?? '';
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(timer);
}
