import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Layout } from '../data-folder/layout.js';
import { keepSecret } from '../data-folder/private-file.js';
import type { EnginePorts } from '../data-folder/ports.js';
import type { ProcessList } from '../data-folder/process-list.js';
import { removeRunFile, writeRunFile } from '../data-folder/run-file.js';
import type { OutsideIssuer } from '../configuration.js';
import { AUDIENCE, ISSUER } from '../issuer/issuer-key.js';
import { ChildLog } from './child-log.js';
import type { ChildFacts } from './messages.js';
import { SupervisedProcess, type ProcessPlan } from './supervised-process.js';

export interface SystemPlan {
  readonly places: Layout;
  readonly processes: ProcessList;
  readonly ports: EnginePorts;
  readonly url: string;
  readonly frontPort: number;
  readonly consoleFolder: string;
  /** Absent: the built-in one. */
  readonly issuer: OutsideIssuer | undefined;
  report(line: string): void;
}

/** The databases of the services that run here, and the one of the persons' keys. */
const DATABASES = ['tickets', 'keys'];

const PATIENCE_MS = 10_000;

interface Ready {
  readonly pid: number;
  readonly facts: ChildFacts;
}

/** Engines and host as child processes, in the order in which they need each other. */
export class System {
  private readonly startedAt = new Date().toISOString();
  private readonly ready = new Map<string, Ready>();
  private readonly eventStore: SupervisedProcess;
  private readonly postgres: SupervisedProcess;
  private host: SupervisedProcess | undefined;
  private patience: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly plan: SystemPlan) {
    const { places, ports } = plan;
    this.eventStore = this.supervise('event-store', 10_000, { ATRIUM_EVENT_STORE_FOLDER: places.eventStore, ATRIUM_EVENT_STORE_PORT: String(ports.eventStore) });
    this.postgres = this.supervise('postgres', 10_000, {
      ATRIUM_POSTGRES_FOLDER: places.postgres, ATRIUM_POSTGRES_PORT: String(ports.postgres), ATRIUM_POSTGRES_DATABASES: DATABASES.join(','),
    });
  }

  /** Resolves when services and console answer, or when it was stopped on the way. @throws OperatorError when one of the processes cannot start */
  async start(): Promise<void> {
    this.patience = setInterval(() => this.reportWaiting(), PATIENCE_MS);
    await Promise.all([this.eventStore.start(), this.postgres.start()]);
    if (this.stopping) return;
    this.host = this.supervise('host', 6_000, this.hostEnvironment());
    await this.host.start();
    clearInterval(this.patience);
  }

  /** After a crash an engine may recover for a while before it answers. */
  private reportWaiting(): void {
    const waiting = ['event-store', 'postgres', 'host'].filter((name) => !this.ready.has(name));
    this.plan.report(`Still starting: ${waiting.join(' and ')}; logs are in ${this.plan.places.logs}`);
  }

  /** The host first, so that what it has begun can still be written. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.patience);
    removeRunFile(this.plan.places.runFile);
    await this.host?.stop();
    await Promise.all([this.eventStore.stop(), this.postgres.stop()]);
  }

  private hostEnvironment(): NodeJS.ProcessEnv {
    const { places, url, frontPort, consoleFolder, issuer } = this.plan;
    const { host, port, user, password } = this.facts('postgres');
    return {
      ATRIUM_PORT: String(frontPort),
      ATRIUM_CONSOLE: consoleFolder,
      ATRIUM_EVENT_STORE_URL: String(this.facts('event-store')['url']),
      ATRIUM_POSTGRES_URL: `postgres://${user}:${password}@${host}:${port}`,
      ATRIUM_KEYS_MASTER: keepSecret(places.keysMaster, () => randomBytes(32).toString('hex')),
      // An issuer elsewhere is in the settings that the host is started with, as the supervisor was.
      ...(issuer === undefined
        ? { ATRIUM_ISSUER_FOLDER: places.issuer, ATRIUM_JWKS_URL: `${url}/issuer/jwks.json`, ATRIUM_ISSUER: ISSUER, ATRIUM_AUDIENCE: AUDIENCE, ATRIUM_ROLE_CLAIM: 'role', ATRIUM_CONSOLE_CLIENT_ID: '' }
        : { ATRIUM_ISSUER_FOLDER: '' }),
    };
  }

  private supervise(name: string, stopWithinMs: number, environment: NodeJS.ProcessEnv): SupervisedProcess {
    const { places, processes, report } = this.plan;
    const plan: ProcessPlan = {
      name, stopWithinMs, report,
      program: path.join(import.meta.dirname, `${name}.js`),
      environment: { ...process.env, ...environment },
      log: new ChildLog(places.logs, name),
      onSpawned: (pid) => this.note(() => processes.add(name, pid)),
      onReady: (facts, pid) => {
        this.ready.set(name, { pid, facts });
        this.note(() => this.writeRunFile());
      },
      onEnded: () => this.note(() => processes.remove(name)),
    };
    return new SupervisedProcess(plan);
  }

  /** A full disk must not end the supervisor: what it cannot write down now it does at the next change. */
  private note(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.plan.report(`The state of the processes cannot be written down: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private facts(name: string): ChildFacts {
    return this.ready.get(name)?.facts ?? {};
  }

  /** Anew at each restart, because the pids change. */
  private writeRunFile(): void {
    const [eventStore, postgres, host] = ['event-store', 'postgres', 'host'].map((name) => this.ready.get(name));
    if (eventStore === undefined || postgres === undefined || host === undefined) return;
    const { host: address, port, user, password, postmasterPid } = postgres.facts;
    writeRunFile(this.plan.places.runFile, {
      version: 1, pid: process.pid, startedAt: this.startedAt, url: this.plan.url, issuer: this.plan.issuer?.name,
      eventStore: { url: String(eventStore.facts['url']), pid: eventStore.pid },
      postgres: { host: String(address), port: Number(port), user: String(user), password: String(password), pid: Number(postmasterPid), wrapperPid: postgres.pid },
      host: { pid: host.pid },
    });
  }
}
