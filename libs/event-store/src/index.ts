export { connectionState, EventStore, type EventStoreOptions, type LogBatch } from './event-store.js';
export { AppendTooLarge, ConflictNotResolved, DamagedEvent, EventStoreUnavailable, KeyReused, OutcomeUnknown, StaleRevision } from './errors.js';
export { execute, type CommandIdentity, type Execution, type Loaded, type Outcome } from './execute.js';
export { loadStream } from './load.js';
export type { Upcast, Upcasts } from './upcast.js';
