import { execFile, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from './repository.js';

const run = promisify(execFile);

/** How long a start may take: the first one initialises a PostgreSQL folder. */
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 30_000;

/** Where the build is, unless `ATRIUM_DIST` names another. */
const dist = process.env.ATRIUM_DIST ?? inRepository('dist');

const programs = {
  system: path.join(dist, 'apps/atrium/main.js'),
  token: path.join(dist, 'apps/atrium/token.js'),
  importer: path.join(dist, 'apps/importer/main.js'),
  reconcile: path.join(dist, 'apps/atrium/reconcile.js'),
  console: path.join(dist, 'apps/console/index.html'),
} as const;

/** What is not built yet, by path; empty when all is. */
export const notBuilt = (): readonly string[] => Object.values(programs).filter((file) => !fs.existsSync(file));

/** The built system on a data folder of its own, and the command-line tools that join it. */
export class RunningSystem {
  private constructor(readonly url: string, private child: ChildProcess, private readonly folder: string) {}

  static async start(): Promise<RunningSystem> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-e2e-'));
    const { url, child } = await launch(folder);
    return new RunningSystem(url, child, folder);
  }

  /** After {@link end}: on the same data, at the same address. */
  async startAgain(): Promise<void> {
    ({ child: this.child } = await launch(this.folder, new URL(this.url).port));
  }

  /** A bearer token of the built-in issuer, for one person of a role. */
  async token(role: string, name?: string): Promise<string> {
    const { stdout } = await this.tool(programs.token, name === undefined ? [role] : [role, name]);
    return stdout.trim();
  }

  /** The rows that ship with the importer, or those of a file; returns when every view has passed the last of them. */
  async importBoston311(source = '--sample'): Promise<void> {
    await this.tool(programs.importer, ['boston311', source, '--wait']);
  }

  /** What `npm run reconcile` prints. @throws when the stores differ */
  async reconcile(): Promise<string> {
    return (await this.tool(programs.reconcile, [])).stdout;
  }

  /** The JSON answer of a query. */
  async get<T>(query: string, token: string): Promise<T> {
    const response = await fetch(`${this.url}${query}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`GET ${query} answered ${response.status}: ${await response.text()}`);
    return await response.json() as T;
  }

  /** Sends a command and waits until the views show it. */
  async command<T>(path: string, body: object, token: string): Promise<T> {
    const response = await fetch(`${this.url}/api/tickets/complaints${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    await this.get(`/api/tickets/complaints?limit=1&after=${encodeURIComponent(response.headers.get('atrium-position') ?? '')}`, token);
    return await response.json() as T;
  }

  /** Ends it, as an operator would; its data stay. */
  async end(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(impatience);
  }

  /** What its processes have written, by name. */
  logs(): Readonly<Record<string, string>> {
    const folder = path.join(this.folder, 'logs');
    return Object.fromEntries(fs.readdirSync(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
  }

  async stop(): Promise<void> {
    await this.end();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private tool(program: string, args: readonly string[]) {
    return run(process.execPath, [program, ...args], { cwd: inRepository(), env: environment(this.folder) });
  }
}

async function launch(folder: string, port = '0'): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = fork(programs.system, [], { cwd: inRepository(), execArgv: [], env: { ...environment(folder), ATRIUM_PORT: port }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let complaints = '';
  child.stderr?.on('data', (text: Buffer) => { complaints = (complaints + text.toString()).slice(-4_000); });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The system was not ready within ${START_LIMIT_MS / 1000} s.\n${complaints}`)), START_LIMIT_MS);
      child.once('exit', (code) => reject(new Error(`The system ended with ${code} before it was ready.\n${complaints}`)));
      child.once('error', reject);
      child.on('message', (message) => {
        const { ready, url: address } = message as { ready?: boolean; url?: string };
        if (ready !== true || address === undefined) return;
        clearTimeout(late);
        resolve(address);
      });
    });
    return { url, child };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Jest's own Node options are not for the programs under test. */
const environment = (folder: string): NodeJS.ProcessEnv => {
  const { NODE_OPTIONS: _jest, ATRIUM_URL: _url, ATRIUM_TOKEN: _token, ...rest } = process.env;
  return { ...rest, ATRIUM_PORT: '0', ATRIUM_DATA: folder };
};
