import type { DataSource, ObjectLiteral } from 'typeorm';
import type { EventSource } from '../event-source.js';
import { connected, Connection } from '../postgres/connection.js';
import type { Projection } from '../projection/projection.js';
import { readModelTable, type ReadModelTable } from '../projection/read-model-table.js';
import { pause } from './abortable.js';
import type { Prepare } from './apply-batch.js';
import { describe, PoisonEvent } from './failure.js';
import { PositionWatch } from './position-watch.js';
import { Session } from './session.js';
import { WaitTimedOut, type RebuildStatus, type RunnerError, type RunnerState, type RunnerStatus } from './status.js';

export interface RunnerLog {
  log(message: string): void;
  warn(message: string): void;
}

export interface ProjectionRunnerOptions {
  /** Unique in the database: runners of one name stand by for each other. */
  readonly name: string;
  /** Holds the entities; need not be initialized. A runner keeps one of its pool's connections, and one more while it rebuilds. */
  readonly dataSource: DataSource;
  readonly source: EventSource;
  readonly projections: readonly Projection<ObjectLiteral>[];
  readonly prepare?: Prepare;
  readonly log?: RunnerLog;
  /** Events in a transaction, at most: live, and while a table is built. */
  readonly batchSize?: number;
  readonly rebuildBatchSize?: number;
  /** How often a standby looks whether the lock is free, and where the active one is. */
  readonly standbyPollMs?: number;
  /** Longest pause between two tries while PostgreSQL or the log is away. */
  readonly longestRetryMs?: number;
}

const isOver = ({ phase }: RebuildStatus): boolean => phase === 'refused' || phase === 'failed';

const stopPatienceMs = 5_000;

/** 409: another process follows the log now; ask that one. */
export class RunnerNotActive extends Error {
  override readonly name = 'RunnerNotActive';
  constructor(readonly runner: string) {
    super(`${runner} is not active in this process`);
  }
}

/** Keeps the tables of several projections up with a log, in one process at a time. */
export class ProjectionRunner {
  readonly #options: Required<Omit<ProjectionRunnerOptions, 'prepare' | 'log'>> & Pick<ProjectionRunnerOptions, 'prepare' | 'log'>;
  readonly #stop = new AbortController();
  readonly #watch = new PositionWatch();
  readonly #rebuilds = new Map<string, RebuildStatus>();
  #state: Exclude<RunnerState, 'rebuilding'> = 'standby';
  #error: RunnerError | undefined;
  #session: Session | undefined;
  #running: Promise<void> | undefined;

  constructor(options: ProjectionRunnerOptions) {
    this.#options = { batchSize: 500, rebuildBatchSize: 2_000, standbyPollMs: 500, longestRetryMs: 5_000, ...options };
  }

  /** Returns at once; while PostgreSQL or the log is away it keeps trying and says so in its status. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the batch in hand, or undoes it when that takes long. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#state = 'stopped';
  }

  status(): RunnerStatus {
    const projections = this.#options.projections.map(({ name, version }) => {
      const rebuild = this.#rebuilds.get(name);
      return { name, version, position: this.#watch.lowest([name]), ...(rebuild ? { rebuild } : {}) };
    });
    const isRebuilding = projections.some(({ rebuild }) => rebuild && !isOver(rebuild));
    return {
      name: this.#options.name,
      kind: 'projection',
      state: this.#session && this.#state !== 'degraded' && isRebuilding ? 'rebuilding' : this.#state,
      position: this.#watch.lowest(this.#names()),
      ...(this.#error ? { error: this.#error } : {}),
      projections,
    };
  }

  /** Up to where the rows of all projections hold everything: here, or as the active process left it. Undefined while nobody can tell. */
  async position(): Promise<bigint | undefined> {
    return this.#session === undefined ? await this.#readPositions(this.#names()) : this.#watch.lowest(this.#names());
  }

  /**
   * Resolves when the rows of all projections, or of the one named, hold everything up to the position.
   * @throws WaitTimedOut
   */
  async waitFor(position: bigint, timeoutMs: number, projection?: string): Promise<void> {
    const names = projection === undefined ? this.#names() : [projection];
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const left = deadline - performance.now();
      const isFollowedHere = this.#session !== undefined;
      let seen = this.#watch.lowest(names);
      if (!isFollowedHere) seen = await this.#readPositions(names);
      if (seen !== undefined && seen >= position) return;
      if (left <= 0) throw new WaitTimedOut(this.#options.name, position, seen);
      // A standby learns of the active one's progress from the table only.
      if (await this.#watch.passed(names, position, Math.min(left, isFollowedHere ? 1_000 : this.#options.standbyPollMs / 5))) return;
    }
  }

  /**
   * Builds the projection's table anew beside the one that serves, which goes on until the new one takes over.
   * Answers when it has begun. @throws AlreadyRebuilding, RunnerNotActive, RangeError for an unknown name
   */
  async rebuild(name: string): Promise<{ readonly name: string; readonly generation: number }> {
    const projection = this.#options.projections.find((one) => one.name === name);
    if (!projection) throw new RangeError(`${this.#options.name} has no projection ${name}`);
    if (!this.#session) throw new RunnerNotActive(this.#options.name);
    const { number } = await this.#session.rebuild(projection, this.#table(projection));
    return { name, generation: number };
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#stand(() => { failures = 0; });
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#degraded(error);
        const ms = Math.min(this.#options.longestRetryMs, 100 * 2 ** Math.min(failures, 10));
        failures += 1;
        await pause(ms * (0.5 + Math.random() / 2), this.#stop.signal);
      }
    }
  }

  /** One connection's life: stand by for the lock, then follow the log. */
  async #stand(succeeded: () => void): Promise<void> {
    const { dataSource, standbyPollMs, name } = this.#options;
    const connection = await Connection.open(dataSource);
    const stop = AbortSignal.any([this.#stop.signal, connection.lost]);
    let patience: NodeJS.Timeout | undefined;
    const beginToStop = () => { patience = setTimeout(() => connection.close(), stopPatienceMs); };
    this.#stop.signal.addEventListener('abort', beginToStop, { once: true });
    try {
      while (!(await this.#takeLock(connection))) {
        this.#recovered('standby');
        succeeded();
        await pause(standbyPollMs, stop);
        if (this.#stop.signal.aborted) return;
      }
      const projections = this.#options.projections.map((projection) => ({ projection, table: this.#table(projection) }));
      this.#rebuilds.clear();
      this.#session = await Session.open({
        dataSource, projections, source: this.#options.source, prepare: this.#options.prepare, watch: this.#watch,
        batchSize: this.#options.batchSize, rebuildBatchSize: this.#options.rebuildBatchSize,
        reports: {
          following: () => { this.#recovered('running'); succeeded(); },
          halted: (error) => this.#degraded(error),
          rebuilding: (projection, status) => { if (status) this.#rebuilds.set(projection, status); else this.#rebuilds.delete(projection); },
          warn: (message) => this.#options.log?.warn(`${name}: ${message}`),
        },
      }, connection, this.#stop.signal);
      await this.#session.run();
    } finally {
      this.#stop.signal.removeEventListener('abort', beginToStop);
      clearTimeout(patience);
      this.#session = undefined;
      for (const [projection, rebuild] of this.#rebuilds) {
        if (!isOver(rebuild)) this.#rebuilds.delete(projection);
      }
      this.#watch.forget();
      connection.close();
    }
  }

  async #takeLock(connection: Connection): Promise<boolean> {
    const { rows } = await connection.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [`atrium runner ${this.#options.name}`]);
    return rows[0]?.['taken'] === true;
  }

  async #readPositions(names: readonly string[]): Promise<bigint | undefined> {
    try {
      const dataSource = await connected(this.#options.dataSource);
      const rows: { position: string }[] = await dataSource.query(
        `SELECT p.position FROM projection_generations g JOIN runner_positions p ON p.name = g.table_name WHERE g.state = 'serving' AND g.projection = ANY ($1) ORDER BY p.position`,
        [names],
      );
      return rows.length === names.length && rows[0] ? BigInt(rows[0].position) : undefined;
    } catch (error) {
      // The wait goes on until its time is over, and then says that the position is not known.
      this.#options.log?.warn(`${this.#options.name}: its position cannot be read: ${describe(error)}`);
      return undefined;
    }
  }

  #table(projection: Projection<ObjectLiteral>): ReadModelTable {
    return readModelTable(this.#options.dataSource, projection);
  }

  #names(): string[] {
    return this.#options.projections.map(({ name }) => name);
  }

  #degraded(error: unknown): void {
    const poison = error instanceof PoisonEvent ? { position: error.position, type: error.type } : {};
    const message = error instanceof PoisonEvent ? error.message : describe(error);
    if (message !== this.#error?.message) this.#options.log?.warn(`${this.#options.name} is degraded: ${message}`);
    this.#error = { message, since: this.#error?.message === message ? this.#error.since : new Date().toISOString(), ...poison };
    this.#state = 'degraded';
  }

  #recovered(state: 'running' | 'standby'): void {
    if (this.#state !== state) this.#options.log?.log(`${this.#options.name} is ${state}`);
    this.#state = state;
    this.#error = undefined;
  }
}
