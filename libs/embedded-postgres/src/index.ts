export { createDatabases } from './create-databases.js';
export { giveToOwnerOfFolder, makeFolder } from './host/folder-owner.js';
export { freePort, listenError } from './host/free-port.js';
export { endProcess, hasEndedWithin, identify, isRunning, processFacts, type ProcessIdentity } from './host/process-identity.js';
export { codeOf } from './host/system-error.js';
export { PostgresCannotStart } from './postgres-cannot-start.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './start-postgres.js';
