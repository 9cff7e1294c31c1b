export type RunnerState = 'running' | 'standby' | 'rebuilding' | 'degraded' | 'stopped';

/** Why a runner does not go on, or did not until lately. Free of the events' data. */
export interface RunnerError {
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Of the event at which it halted; absent for errors that pass by themselves. */
  readonly position?: bigint;
  readonly type?: string;
}

export type RebuildPhase = 'catch-up' | 'compare' | 'switch' | 'refused' | 'failed';

/** A new table of a projection, built beside the one that serves. */
export interface RebuildStatus {
  readonly generation: number;
  /** The table that serves meanwhile. */
  readonly from: string;
  readonly phase: RebuildPhase;
  /** Log positions: how far, and where the live table is. Good for a ratio; they do not count events. */
  readonly done: bigint;
  readonly total: bigint;
  /** Events applied so far. */
  readonly events: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of phases `refused` and `failed`. */
  readonly error?: string;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Of the table that serves; undefined while it is not known. */
  readonly position: bigint | undefined;
  readonly rebuild?: RebuildStatus;
}

export interface RunnerStatus {
  readonly name: string;
  readonly kind: 'projection';
  readonly state: RunnerState;
  /** The lowest of its projections. */
  readonly position: bigint | undefined;
  readonly error?: RunnerError;
  readonly projections: readonly ProjectionStatus[];
}

/** The wait was over before the rows were there: the caller says so instead of showing old ones. */
export class WaitTimedOut extends Error {
  override readonly name = 'WaitTimedOut';
  constructor(readonly runner: string, readonly wanted: bigint, readonly position: bigint | undefined) {
    super(`${runner} is at ${position ?? 'no known position'}, and ${wanted} was waited for`);
  }
}
