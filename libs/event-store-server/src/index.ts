export { DamagedLog, FolderInUse, StorageFailed } from './errors.js';
export { startEventStoreServer, type EventStoreServer, type EventStoreServerOptions, type EventStoreStatistics } from './server.js';
