import type { DataSource } from 'typeorm';
import { encodeToken } from '@atrium/kernel';
import { Problem } from '@atrium/http';
import { connected, isTransient, WaitTimedOut, type ProjectionRunner } from '@atrium/runners';
import type { Views } from './ports.js';

/** How long a query waits for its rows. */
const WAIT_MS = 5_000;

/** Queries over the runner's tables. */
export class TicketsViews implements Views {
  constructor(private readonly runner: ProjectionRunner, private readonly dataSource: DataSource) {}

  async read<T>(after: bigint | undefined, query: (dataSource: DataSource) => Promise<T>): Promise<T> {
    try {
      if (after !== undefined) await this.runner.waitFor(after, WAIT_MS);
      return await query(await connected(this.dataSource));
    } catch (error) {
      if (error instanceof WaitTimedOut) throw behind(error);
      if (isBeforeTables(error)) throw new Problem(503, 'views-away', 'There are no read models yet. Commands are taken all the same.', {}, { cause: error });
      if (this.isOfAnotherVersion(error)) throw new Problem(503, 'views-away', 'The read models are not those of this version yet. Commands are taken all the same.', {}, { cause: error });
      if (isTransient(error)) throw new Problem(503, 'views-away', 'The read models do not answer. Commands are taken all the same.', {}, { cause: error });
      throw error;
    }
  }

  /** While the rows of a new version are built, those of the old one serve, and lack the columns that are new. */
  private isOfAnotherVersion(error: unknown): boolean {
    const { state, projections } = this.runner.status();
    return codeOf(error) === UNDEFINED_COLUMN && (state !== 'running' || projections.some(({ rebuild }) => rebuild !== undefined));
  }

  position(): string | null {
    const { position } = this.runner.status();
    return position === undefined || position < 0n ? null : encodeToken({ source: 'tickets', position });
  }
}

/** The runner makes the tables once it has PostgreSQL; until then there are none to ask. */
const isBeforeTables = (error: unknown): boolean => codeOf(error) === UNDEFINED_TABLE;
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code;

const behind = ({ wanted, position }: WaitTimedOut): Problem =>
  new Problem(409, 'view-behind', 'The list does not show that change yet. Ask again.', { wanted: wanted.toString(), position: position?.toString() ?? null });
