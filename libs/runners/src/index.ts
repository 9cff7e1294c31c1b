export type { EventSource, SourceBatch, SourceRange } from './event-source.js';
export type { Prepare } from './loop/apply-batch.js';
export { PoisonEvent } from './loop/failure.js';
export { ProjectionRunner, RunnerNotActive, type ProjectionRunnerOptions, type RunnerLog } from './loop/projection-runner.js';
export { WaitTimedOut, type ProjectionStatus, type RebuildPhase, type RebuildStatus, type RunnerError, type RunnerState, type RunnerStatus } from './loop/status.js';
export { connected } from './postgres/connection.js';
export { AlreadyRebuilding } from './postgres/generations.js';
export { viewName, type Key, type KeyValue, type Projection, type Rows } from './projection/projection.js';
