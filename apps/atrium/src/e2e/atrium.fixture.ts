import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { layout } from '../data-folder/layout.js';
import { readRunFile, type RunFile } from '../data-folder/run-file.js';
import { signToken, type Role } from '../issuer/sign-token.js';

const build = process.env['ATRIUM_BUILD'] ?? path.resolve(import.meta.dirname, '../../../../dist/apps/atrium');
export const program = (name: string): string => path.join(build, `${name}.js`);

export const isRoot = process.getuid?.() === 0;
/** The account that specs run as when they are root and want to be an ordinary user. */
export const ORDINARY = 65_534;

export interface Options {
  readonly env?: NodeJS.ProcessEnv;
  /** Runs it as this account; only root can. */
  readonly uid?: number;
  /** Runs it through this command. */
  readonly through?: readonly string[];
  readonly script?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program of the build on a data folder, as a user's shell would. */
function launch(name: string, args: readonly string[], folder: string, { env, uid, through = [], script }: Options): { child: ChildProcess; ended: Promise<Ended> } {
  const { NODE_OPTIONS: _jest, ...ours } = process.env;
  const asOther = uid === undefined ? [] : ['setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
  const [command, ...rest] = [...through, ...asOther, process.execPath, script ?? program(name), ...args] as [string, ...string[]];
  const child = spawn(command, rest, {
    env: { ...ours, ATRIUM_PORT: '0', ATRIUM_DATA: folder, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // Not its event `close`: that never comes once the channel was closed from this side.
  const exited = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const ended = Promise.all([exited, text(child.stdout as Readable), text(child.stderr as Readable)]).then(([code, stdout, stderr]) => ({ code, stdout, stderr }));
  return { child, ended };
}

/** Runs a program to its end. */
export const runToEnd = (name: string, args: readonly string[], folder: string, options: Options = {}): Promise<Ended> => launch(name, args, folder, options).ended;

/** The whole system as a child, ready. */
export class Atrium {
  private constructor(readonly folder: string, readonly url: string, private readonly child: ChildProcess, readonly ended: Promise<Ended>) {}

  static async start(folder: string, options: Options = {}): Promise<Atrium> {
    const { child, ended } = launch('main', [], folder, options);
    const ready = new Promise<string>((resolve) => child.on('message', (message) => resolve((message as { url: string }).url)));
    const early = ended.then(({ code, stderr }): never => { throw new Error(`Atrium ended with ${code}: ${stderr}`); });
    const url = await Promise.race([ready, early]);
    early.catch(() => undefined);
    return new Atrium(folder, url, child, ended);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  runFile(): RunFile | undefined {
    return readRunFile(layout(this.folder).runFile);
  }

  /** Every process of it but the supervisor, by name. */
  processes(): Readonly<Record<string, number>> {
    const run = this.runFile();
    if (run === undefined) throw new Error(`No run file in ${this.folder}`);
    return { 'event-store': run.eventStore.pid, wrapper: run.postgres.wrapperPid, postmaster: run.postgres.pid, host: run.host.pid };
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Closes the channel, as a parent that has ended does. */
  abandon(): Promise<Ended> {
    this.child.disconnect();
    return this.ended;
  }

  async token(role: Role = 'supervisor'): Promise<string> {
    return signToken(layout(this.folder).issuer, role);
  }

  get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(new URL(address, this.url), { headers });
  }

  /** Registers a complaint, again and again with one key until it is accepted. Returns its id. */
  async register(subject: string): Promise<string> {
    const key = randomUUID();
    const headers = { authorization: `Bearer ${await this.token()}`, 'idempotency-key': key, 'content-type': 'application/json' };
    const body = JSON.stringify({ channel: 'desk', subject, description: 'written by a spec' });
    return eventually(async () => {
      const response = await fetch(new URL('/api/tickets/complaints', this.url), { method: 'POST', headers, body });
      if (response.status !== 201) throw new Error(`answered ${response.status}: ${await response.text()}`);
      return (await response.json() as { id: string }).id;
    });
  }

  /** The subject of a complaint as its page shows it, once the read models have it. */
  async subject(id: string): Promise<string> {
    const headers = { authorization: `Bearer ${await this.token()}` };
    return eventually(async () => {
      const response = await this.get(`/api/tickets/complaints/${id}`, headers);
      if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`);
      return (await response.json() as { subject: string }).subject;
    });
  }

  async becomesReady(): Promise<void> {
    await eventually(async () => {
      const health = await (await this.get('/health/ready')).json() as { state: string };
      if (health.state !== 'ready') throw new Error(JSON.stringify(health));
    });
  }
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Repeats until it succeeds; after a minute its last error is thrown. */
export async function eventually<Result>(attempt: () => Promise<Result> | Result): Promise<Result> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(POLL_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

const folders: string[] = [];

/** A place of this spec's own below the system's temporary folder, which other accounts may enter. */
export function temporaryFolder(mode = 0o755): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-spec-'));
  fs.chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}
