import type { Pool, PoolClient, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { ConnectionLost, endsConnection } from './transient.js';

const initializing = new WeakMap<DataSource, Promise<DataSource>>();

/**
 * Initializes the data source once, whoever comes first, and again after a failure. A service can so start while
 * PostgreSQL is away. @throws the driver's error when it still is.
 */
export async function connected(dataSource: DataSource): Promise<DataSource> {
  if (dataSource.isInitialized) return dataSource;
  const running = initializing.get(dataSource) ?? dataSource.initialize().finally(() => initializing.delete(dataSource));
  initializing.set(dataSource, running);
  return running;
}

/**
 * One connection of the data source's pool for long: it holds a runner's lock and does its transactions, so that a
 * runner that lost its lock cannot write either. It is never given back to the pool but ended.
 */
export class Connection {
  readonly #client: PoolClient;
  readonly #lost = new AbortController();
  readonly #prepared = new Map<string, string>();
  #closed = false;

  private constructor(client: PoolClient) {
    this.#client = client;
    client.on('error', (error) => this.#lose(error));
    client.on('end', () => this.#lose());
  }

  static async open(dataSource: DataSource): Promise<Connection> {
    const { driver } = await connected(dataSource);
    return new Connection(await ((driver as PostgresDriver).master as Pool).connect());
  }

  /** Aborted when the connection has ended, by whomever. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** @throws the driver's error, or ConnectionLost. */
  async query(sql: string, values?: readonly unknown[]): Promise<QueryResult<Record<string, unknown>>> {
    return this.#telling(this.#client.query(sql, values as unknown[] | undefined));
  }

  /** The same for a statement that is sent often: PostgreSQL parses and plans it once a connection. */
  async repeat(text: string, values: readonly unknown[]): Promise<QueryResult<Record<string, unknown>>> {
    const name = this.#prepared.get(text) ?? `runner_${this.#prepared.size}`;
    this.#prepared.set(text, name);
    return this.#telling(this.#client.query({ name, text, values: values as unknown[] }));
  }

  /** Commits what `work` did, or undoes all of it. */
  async transaction<T>(work: () => Promise<T>, begin = 'BEGIN'): Promise<T> {
    await this.query(begin);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      // The first error is the one to tell; a rollback fails only with the connection, which ends the transaction too.
      await this.query('ROLLBACK').catch(() => this.close());
      throw error;
    }
    await this.query('COMMIT');
    return result;
  }

  close(): void {
    if (!this.#closed) this.#client.release(true);
    this.#closed = true;
  }

  async #telling<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (endsConnection(error)) this.#lose(error);
      throw this.#lost.signal.aborted ? this.#lost.signal.reason : error;
    }
  }

  #lose(error?: Error): void {
    if (!this.#lost.signal.aborted) this.#lost.abort(new ConnectionLost(error));
  }
}
