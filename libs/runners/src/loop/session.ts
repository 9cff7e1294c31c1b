import type { DataSource, ObjectLiteral } from 'typeorm';
import type { EventSource } from '../event-source.js';
import { Connection } from '../postgres/connection.js';
import {
  AlreadyRebuilding, createGeneration, dropGeneration, generationsOf, inTurn, markGeneration, readPosition, type Generation,
} from '../postgres/generations.js';
import { openTables, type OpenedProjection } from '../postgres/open-tables.js';
import { beforeFirst } from '../postgres/positions.js';
import { isTransient } from '../postgres/transient.js';
import { prefixesOf, type Projection } from '../projection/projection.js';
import type { ReadModelTable } from '../projection/read-model-table.js';
import { TableWriter } from '../projection/table-writer.js';
import { aborted, untilAborted } from './abortable.js';
import type { Prepare, Target } from './apply-batch.js';
import { approach, meet, type CatchUp } from './catch-up.js';
import { describe, PoisonEvent } from './failure.js';
import { LiveGroup } from './live-group.js';
import type { PositionWatch } from './position-watch.js';
import { rebuild, RowsDiffer } from './rebuild.js';
import type { RebuildStatus } from './status.js';

/** What a session tells the runner that it belongs to. */
export interface SessionReports {
  /** The log answers and nothing has halted. */
  readonly following: () => void;
  readonly halted: (error: unknown) => void;
  readonly rebuilding: (projection: string, status: RebuildStatus | undefined) => void;
  readonly warn: (message: string) => void;
}

export interface SessionOptions {
  readonly dataSource: DataSource;
  readonly source: EventSource;
  readonly projections: readonly { readonly projection: Projection<ObjectLiteral>; readonly table: ReadModelTable }[];
  readonly prepare: Prepare | undefined;
  readonly batchSize: number;
  readonly rebuildBatchSize: number;
  readonly watch: PositionWatch;
  readonly reports: SessionReports;
}

/**
 * The time from taking the lock until it is lost, the runner stops or something fails: all that is known is read from
 * the database at its start. Jobs, one after the other, bring tables up beside the live ones.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #connection: Connection;
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  readonly #serving = new Map<string, OpenedProjection['serving']>();
  readonly #live: LiveGroup;
  #jobs: Promise<void> = Promise.resolve();
  #hasHalted = false;

  private constructor(options: SessionOptions, connection: Connection, opened: readonly OpenedProjection[], stop: AbortSignal) {
    this.#options = options;
    this.#connection = connection;
    this.#signal = AbortSignal.any([stop, connection.lost, this.#ended.signal]);

    const current = opened.filter(({ serving, projection }) => serving.version === projection.version);
    const furthest = current.reduce((max, { position }) => (position > max ? position : max), beforeFirst);
    this.#live = new LiveGroup(current.filter(({ position }) => position === furthest).map(target), options.watch);
    for (const one of opened) {
      this.#serving.set(one.projection.name, one.serving);
      options.watch.moved(one.projection.name, one.position);
      if (one.lastRebuild) options.reports.rebuilding(one.projection.name, finishedStatus(one.serving, one.lastRebuild));
      if (!one.building && !this.#live.has(one.projection.name)) this.#enqueue((job) => this.#join(job, one));
      else if (one.building) this.#enqueueRebuild(one.projection, one.table, one.building, one);
    }
  }

  /** The lock must be held by this connection. */
  static async open(options: SessionOptions, connection: Connection, stop: AbortSignal): Promise<Session> {
    return new Session(options, connection, await openTables(connection, options.projections), stop);
  }

  /**
   * Returns at the stop signal. A job that is still busy then finds its connection closed.
   * @throws what ended it otherwise
   */
  async run(): Promise<void> {
    try {
      await Promise.race([this.#live.inhabited, aborted(this.#signal)]);
      await this.#follow();
    } finally {
      this.#ended.abort();
    }
  }

  /** Begins a rebuild of a projection's table. @throws AlreadyRebuilding */
  async rebuild(projection: Projection<ObjectLiteral>, table: ReadModelTable): Promise<Generation> {
    const connection = await Connection.open(this.#options.dataSource);
    try {
      const building = await inTurn(connection, async () => {
        for (const old of await generationsOf(connection, projection.name)) {
          if (old.state === 'building') throw new AlreadyRebuilding(projection.name);
          if (old.state === 'refused' || old.state === 'failed') await dropGeneration(connection, old);
        }
        return createGeneration(connection, projection, table, 'building');
      });
      this.#enqueueRebuild(projection, table, building);
      return building;
    } finally {
      connection.close();
    }
  }

  async #follow(): Promise<void> {
    const { source, batchSize, projections, prepare, reports } = this.#options;
    const at = this.#live.position;
    if (at === undefined) return this.#whyEnded();
    const batches = source.subscribe({
      prefixes: prefixesOf(projections.map(({ projection }) => projection)),
      after: at === beforeFirst ? undefined : at, batchSize, signal: this.#signal,
    });
    try {
      for await (const batch of untilAborted(batches, this.#signal, (error) => reports.warn(describe(error)))) {
        await this.#live.follow(this.#connection, batch, prepare);
        if (!this.#hasHalted) reports.following();
        this.#live.announce();
      }
    } catch (error) {
      if (!(error instanceof PoisonEvent)) throw error;
      this.#halt(error);
      this.#live.announce();
      await aborted(this.#signal);
    }
    if (!this.#signal.aborted) throw new SubscriptionEnded();
    this.#whyEnded();
  }

  #whyEnded(): void {
    if (this.#connection.lost.aborted) throw this.#connection.lost.reason;
    if (this.#ended.signal.aborted) throw this.#ended.signal.reason;
  }

  #enqueue(work: (connection: Connection) => Promise<void>): void {
    this.#jobs = this.#jobs.then(async () => {
      if (this.#signal.aborted) return;
      let connection: Connection | undefined;
      const close = () => connection?.close();
      try {
        connection = await Connection.open(this.#options.dataSource);
        this.#signal.addEventListener('abort', close, { once: true });
        this.#signal.throwIfAborted();
        await work(connection);
      } catch (error) {
        // Whatever it was, the next session begins from what the database has.
        if (!this.#signal.aborted) this.#ended.abort(error);
      } finally {
        this.#signal.removeEventListener('abort', close);
        close();
      }
    });
  }

  async #join(connection: Connection, one: OpenedProjection): Promise<void> {
    const work = this.#catchUp(connection, target(one), () => undefined);
    try {
      await approach(work);
      await meet(work, async () => this.#live.join(work.target));
    } catch (error) {
      if (!(error instanceof PoisonEvent)) throw error;
      this.#halt(error);
      this.#options.watch.moved(one.projection.name, work.target.position);
    }
  }

  #halt(error: unknown): void {
    this.#hasHalted = true;
    this.#options.reports.halted(error);
  }

  #enqueueRebuild(projection: Projection<ObjectLiteral>, table: ReadModelTable, building: Generation, opened?: OpenedProjection): void {
    const { reports } = this.#options;
    let status: RebuildStatus = {
      generation: building.number, from: this.#serving.get(projection.name)?.table ?? '', phase: 'catch-up',
      done: 0n, total: opened?.position ?? 0n, events: 0, startedAt: new Date().toISOString(),
    };
    const report = (change: Partial<RebuildStatus>) => reports.rebuilding(projection.name, status = { ...status, ...change });
    report({});
    this.#enqueue(async (connection) => {
      const serving = this.#serving.get(projection.name) as Generation;
      const position = await readPosition(connection, building);
      const work = this.#catchUp(connection, { projection, name: building.table, writer: new TableWriter(table, building.table), position }, (events) => {
        report({ events: status.events + events, done: work.target.position, total: this.#live.position ?? work.target.position });
      });
      try {
        await rebuild({ ...work, table, serving, building, entered: (phase) => report({ phase }) });
      } catch (error) {
        if (isTransient(error) || this.#signal.aborted) throw error;
        const phase = error instanceof RowsDiffer ? 'refused' : 'failed';
        const message = error instanceof RowsDiffer || error instanceof PoisonEvent ? error.message : describe(error);
        await markGeneration(connection, building, phase, message);
        report({ phase, error: message });
        reports.warn(`Rebuild of ${projection.name} ${phase}: ${message}`);
        if (serving.version !== projection.version) this.#halt(error);
        return;
      }
      this.#serving.set(projection.name, building);
      reports.rebuilding(projection.name, undefined);
      await inTurn(connection, () => dropGeneration(connection, serving)).catch((error: unknown) => {
        // It is dropped at the next start.
        reports.warn(`The former table ${serving.table} could not be dropped: ${describe(error)}`);
      });
    });
  }

  #catchUp(connection: Connection, one: Target, progressed: (events: number) => void): CatchUp {
    const { source, prepare, rebuildBatchSize, watch, reports } = this.#options;
    return {
      connection, target: one, live: this.#live, source, prepare, batchSize: rebuildBatchSize, signal: this.#signal,
      sourceFailed: (error) => reports.warn(describe(error)),
      progressed: (events) => {
        if (!this.#hasHalted) reports.following();
        if (this.#serving.get(one.projection.name)?.table === one.name) watch.moved(one.projection.name, one.position);
        progressed(events);
      },
    };
  }
}

/** The log closed its subscription. */
class SubscriptionEnded extends Error {
  override readonly name = 'SubscriptionEnded';
  readonly transient = true;
  constructor() {
    super('The log ended the subscription');
  }
}

const target = ({ projection, table, serving, position }: OpenedProjection): Target =>
  ({ projection, name: serving.table, writer: new TableWriter(table, serving.table), position });

const finishedStatus = (serving: Generation, generation: Generation): RebuildStatus => ({
  generation: generation.number, from: serving.table, phase: generation.state as 'refused' | 'failed', done: 0n, total: 0n, events: 0,
  startedAt: generation.createdAt.toISOString(), error: generation.error ?? '',
});
