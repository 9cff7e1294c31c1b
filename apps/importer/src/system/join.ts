import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../operator-error.js';
import { startChildSystem } from './child-system.js';
import type { System } from './endpoint.js';
import { lives, readRunFile, type RunFile } from './run-file.js';
import { integrationToken } from './token.js';

export interface Joining {
  /** Absolute. */
  readonly dataFolder: string;
  /** The built system, started when none runs. */
  readonly script: string;
  /** `ATRIUM_URL` and `ATRIUM_TOKEN`: a system elsewhere, or another identity here. */
  readonly url?: string;
  readonly token?: string;
  readonly signal: AbortSignal;
  readonly onStart: (line: string) => void;
}

/** A running system that is not ready may still be starting, or be restarting an engine. */
const readyWithinMs = 60_000;
const lookEveryMs = 250;

/** Joins the system that was named, else the one that runs on the data folder, else starts one there. */
export async function joinSystem(joining: Joining): Promise<System> {
  const { dataFolder, url, token, signal } = joining;
  if (url !== undefined) {
    if (token === undefined) throw new OperatorError('ATRIUM_URL names a system elsewhere: give a token for it in ATRIUM_TOKEN.');
    return { description: `Joined ${url}.`, url: () => Promise.resolve(url), token, stop: () => Promise.resolve() };
  }

  const running = await runningSystem(dataFolder, signal);
  if (running !== undefined) {
    return {
      description: `Joined the system at ${running.url}.`,
      url: followed(dataFolder, running.url),
      token: token ?? (await ownToken(dataFolder, running.issuer)),
      stop: () => Promise.resolve(),
    };
  }

  joining.onStart(`No system runs on ${dataFolder}; starting one for this import.`);
  const child = await startChildSystem(joining.script, dataFolder, signal);
  try {
    return {
      description: `Started the system at ${child.url}; it stops with this import.`,
      url: () => {
        const failure = child.failure();
        return failure === undefined ? Promise.resolve(child.url) : Promise.reject(new OperatorError(`The system has ended: ${failure}`));
      },
      token: token ?? (await ownToken(dataFolder, (await readRunFile(dataFolder))?.issuer)),
      stop: () => child.stop(),
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** @throws OperatorError where only an issuer elsewhere gives one */
function ownToken(dataFolder: string, issuer: string | undefined): Promise<string> {
  if (issuer === undefined) return integrationToken(dataFolder);
  throw new OperatorError(`Atrium takes tokens of ${issuer} here: give one of the role integration in ATRIUM_TOKEN.`);
}

/** The address in the run file; the last one known while there is none, or none that can be read. */
function followed(dataFolder: string, first: string): () => Promise<string> {
  let known = first;
  return async () => {
    try {
      known = (await readRunFile(dataFolder))?.url ?? known;
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
    }
    return known;
  };
}

/** Undefined when the run file is absent or was left behind by a system that lives no more. */
async function runningSystem(dataFolder: string, signal: AbortSignal): Promise<RunFile | undefined> {
  const until = performance.now() + readyWithinMs;
  for (;;) {
    const found = await readRunFile(dataFolder);
    if (found === undefined) return undefined;
    if (await isReady(found.url, signal)) return found;
    if (!lives(found.pid)) return undefined;
    if (performance.now() > until) throw new OperatorError(`The system at ${found.url} (process ${found.pid}) is not ready.`);
    await pause(lookEveryMs, undefined, { signal });
  }
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/ready', url), { signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
