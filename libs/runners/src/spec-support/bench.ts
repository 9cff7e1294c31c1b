import { createDatabase, type TestDatabase } from '@atrium/testing';
import type { DataSource, EntitySchema, ObjectLiteral } from 'typeorm';
import { ProjectionRunner, type ProjectionRunnerOptions } from '../loop/projection-runner.js';
import type { RunnerStatus } from '../loop/status.js';
import type { ArraySource } from './array-source.js';
import { counters, dataSourceFor, type CounterRow } from './counters.js';

export type StoredCounter = Omit<CounterRow, 'lastAt'> & { readonly last_at: Date };

/** A database of its own and the runners of one example; everything ends with it. */
export class Bench {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly #dataSources: DataSource[] = [];
  readonly #runners: ProjectionRunner[] = [];

  private constructor(database: TestDatabase) {
    this.database = database;
    this.dataSource = this.process();
  }

  static async open(): Promise<Bench> {
    return new Bench(await createDatabase('runners'));
  }

  /** A pool of its own, as another process has. */
  process(...entities: EntitySchema<never>[]): DataSource {
    const dataSource = dataSourceFor(this.database.url, ...entities);
    this.#dataSources.push(dataSource);
    return dataSource;
  }

  start(source: ArraySource, options: Partial<ProjectionRunnerOptions> = {}): ProjectionRunner {
    const runner = new ProjectionRunner({
      name: 'views', dataSource: this.dataSource, source, projections: [counters], longestRetryMs: 20, standbyPollMs: 10, ...options,
    });
    this.#runners.push(runner);
    runner.start();
    return runner;
  }

  rows(from = 'counters'): Promise<StoredCounter[]> {
    return this.database.query<StoredCounter>(`SELECT * FROM ${from} ORDER BY id`);
  }

  async totals(): Promise<Record<string, number>> {
    return Object.fromEntries((await this.rows()).map(({ id, total }) => [id, total]));
  }

  /** The tables of the read models, by name. */
  async tables(): Promise<string[]> {
    const rows = await this.database.query<ObjectLiteral>(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '_v\\d' ORDER BY 1`);
    return rows.map((row) => row['tablename'] as string);
  }

  /**
   * Writes to a table wait, within their transaction, until `release`. `reached` resolves with the process id of the
   * one that waits.
   */
  async blockWritesTo(table: string): Promise<{ reached(): Promise<number>; release(): Promise<void> }> {
    await this.database.query(`CREATE TABLE barrier ()`);
    await this.database.query(`CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN LOCK TABLE barrier IN SHARE MODE; RETURN NULL; END $$`);
    await this.database.query(`CREATE TRIGGER barrier AFTER INSERT ON ${table} EXECUTE FUNCTION wait_at_barrier()`);
    const holder = this.process();
    await holder.initialize();
    const held = holder.createQueryRunner();
    await held.startTransaction();
    await held.query('LOCK TABLE barrier IN ACCESS EXCLUSIVE MODE');
    return {
      reached: async () => {
        let waiting: { pid: number }[] = [];
        await until(async () => {
          waiting = await this.database.query(`SELECT pid FROM pg_locks WHERE relation = 'barrier'::regclass AND NOT granted`);
          return waiting.length > 0;
        });
        return (waiting[0] as { pid: number }).pid;
      },
      release: async () => {
        await held.rollbackTransaction();
        await held.release();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.stop()));
    await Promise.all(this.#dataSources.filter(({ isInitialized }) => isInitialized).map((dataSource) => dataSource.destroy()));
    await this.database.drop();
  }
}

/** Looks again and again; what does not come about in a long time will not. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const givenUp = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > givenUp) throw new Error(`It did not come about: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export const reaches = (runner: ProjectionRunner, holds: (status: RunnerStatus) => boolean): Promise<void> => until(() => holds(runner.status()));
