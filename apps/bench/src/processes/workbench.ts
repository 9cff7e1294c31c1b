import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@atrium/embedded-postgres';
import type { EventStoreTasks } from '../event-store.js';
import type { PostgresTasks } from '../postgres.js';
import { startIssuer } from './issuer.js';
import { Program } from './program.js';
import type { Tasks } from './serve-tasks.js';
import { Worker } from './worker.js';

export interface WorkbenchOptions {
  /** Where the built apps lie, such as `dist/apps`. */
  readonly programs: string;
  /** The importer's sample. */
  readonly sample: string;
  /** What sizes are multiplied by. */
  readonly scale: number;
  /** A folder for profiles of the programs under measurement; none are taken when undefined. */
  readonly profiles: string | undefined;
}

/** A service without anything that follows the log. */
export interface RunningService {
  readonly url: string;
  token(role: string): Promise<string>;
}

export interface RunningSystem extends RunningService {
  readonly folder: string;
  readonly eventStoreUrl: string;
  /** From the start of its process until it was ready. */
  readonly startedMs: number;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** What a row needs to run: engines, services and workers of its own, all in one temporary folder. */
export class Workbench {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-bench-'));
  private readonly open: (() => Promise<void>)[] = [];
  private count = 0;

  constructor(private readonly options: WorkbenchOptions) {
    // PostgreSQL runs as another account than root.
    fs.chmodSync(this.folder, 0o755);
  }

  /** A size for this run, at least 1. */
  size(full: number): number {
    return Math.max(1, Math.round(full * this.options.scale));
  }

  get sample(): string {
    return this.options.sample;
  }

  program(app: string, name: string): string {
    return path.join(this.options.programs, app, `${name}.js`);
  }

  path(name: string): string {
    this.count += 1;
    return path.join(this.folder, `${name}-${this.count}`);
  }

  /** A process of ours; its type says what it can do. */
  async worker<Known extends Tasks>(name: 'raw-client' | 'http-client' | 'projector'): Promise<Worker<Known>> {
    return this.fork<Known>(name, []);
  }

  async eventStore(storage: 'disk' | 'memory' = 'disk'): Promise<{ readonly url: string; readonly folder: string }> {
    const folder = this.path('log');
    const worker = await this.fork<EventStoreTasks>('event-store', [folder, storage]);
    return { url: await worker.run('url', undefined), folder };
  }

  /** Answers how to make databases. */
  async postgres(): Promise<(name: string) => Promise<string>> {
    const worker = await this.fork<PostgresTasks>('postgres', [this.path('postgres')]);
    return (name) => worker.run('database', { name });
  }

  /** The tickets service by itself. PostgreSQL's address refuses connections, so that nothing follows the log. */
  async tickets(eventStoreUrl: string): Promise<RunningService> {
    const issuer = await startIssuer();
    const port = await freePort();
    const program = Program.start(this.program('tickets', 'main'), [], {
      ATRIUM_PORT: String(port), ATRIUM_EVENT_STORE_URL: eventStoreUrl, ATRIUM_POSTGRES_URL: 'postgres://nobody@127.0.0.1:1',
      ATRIUM_JWKS_URL: issuer.keysUrl, ATRIUM_ISSUER: issuer.url, ATRIUM_AUDIENCE: issuer.audience, ATRIUM_KEYS_MASTER: '07'.repeat(32), ...unlimited,
    }, this.profiling('tickets'));
    this.open.push(() => program.stop(), () => issuer.stop());
    const url = `http://127.0.0.1:${port}`;
    await this.answering(`${url}/api/tickets/complaints`, program);
    return { url, token: (role) => issuer.token(role) };
  }

  /** The whole system on a folder. */
  async system(folder = this.path('system')): Promise<RunningSystem> {
    const startedAt = performance.now();
    const environment = { ATRIUM_DATA: folder, ATRIUM_PORT: '0', ...unlimited };
    const program = Program.start(this.program('atrium', 'main'), [], environment);
    this.open.push(() => program.stop());
    const url = await program.message((message) => (message as { readonly ready?: boolean; readonly url?: string }).url);
    const startedMs = performance.now() - startedAt;
    const { eventStore } = JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8')) as { readonly eventStore: { readonly url: string } };
    return {
      url, folder, startedMs, eventStoreUrl: eventStore.url,
      token: async (role) => (await Program.start(this.program('atrium', 'token'), [role], environment).toItsEnd()).trim(),
      stop: () => program.stop(),
    };
  }

  /** Node's options for a program that is to be profiled. */
  profiling(name: string): string[] {
    const { profiles } = this.options;
    if (profiles === undefined) return [];
    this.count += 1;
    return ['--cpu-prof', '--cpu-prof-dir', profiles, '--cpu-prof-name', `${name}-${this.count}.cpuprofile`];
  }

  /** Ends what was started, the latest first, and removes its files. */
  async clear(): Promise<void> {
    for (const stop of this.open.splice(0).reverse()) await stop();
    for (const name of fs.readdirSync(this.folder)) fs.rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.clear();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async fork<Known extends Tasks>(name: string, args: readonly string[]): Promise<Worker<Known>> {
    const worker = await Worker.start<Known>(this.program('bench', name), args, this.profiling(name));
    this.open.push(() => worker.stop());
    return worker;
  }

  private async answering(url: string, program: Program): Promise<void> {
    const until = performance.now() + START_WITHIN_MS;
    for (;;) {
      const status = await fetch(url).then((response) => response.status, () => undefined);
      if (status !== undefined) return;
      if (program.hasEnded || performance.now() > until) throw new Error(`${url} does not answer:\n${program.output}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** Rate limits are there and far away. */
const unlimited = { ATRIUM_RATE_LIMIT: '999999999', ATRIUM_RATE_LIMIT_INTEGRATION: '999999999' };
