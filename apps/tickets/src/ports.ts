import type { DataSource } from 'typeorm';
import type { RequestHasher } from '@atrium/http';
import type { Sealer } from './complaint/personal-texts.js';

/** Injection tokens that are also types: what the module binds to adapters. */
export abstract class Sealing {
  abstract readonly sealer: Sealer;
}

export abstract class Hashing {
  abstract readonly hash: RequestHasher;
}

/** The read models of this service, as its pages query them. */
export abstract class Views {
  /**
   * Runs a query on rows that hold everything up to `after`.
   * @throws Problem 409 `view-behind` when they are not there in time, 503 when PostgreSQL is away
   */
  abstract read<T>(after: bigint | undefined, query: (dataSource: DataSource) => Promise<T>): Promise<T>;
  /** How far the rows are, as a token for `after`; null while nobody knows. */
  abstract position(): string | null;
}
