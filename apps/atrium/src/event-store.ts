import { z } from 'zod';
import { DamagedLog, FolderInUse, StorageFailed, startEventStoreServer } from '@atrium/event-store-server';
import { serveSupervisor } from './supervisor/serve-supervisor.js';

const settings = z.object({ ATRIUM_EVENT_STORE_FOLDER: z.string(), ATRIUM_EVENT_STORE_PORT: z.coerce.number().int() });

serveSupervisor(async () => {
  const { ATRIUM_EVENT_STORE_FOLDER: folder, ATRIUM_EVENT_STORE_PORT: port } = settings.parse(process.env);
  const server = await startEventStoreServer({ folder, host: '127.0.0.1', port, onFailure });
  return { facts: { url: `esdb://127.0.0.1:${server.port}?tls=false` }, stop: () => server.stop() };
}, (error) => {
  if (error instanceof DamagedLog || error instanceof FolderInUse) return `Atrium cannot start: ${error.message}`;
  // Damage that the storage engine itself meets while it opens the log.
  if (error instanceof Error && error.message.startsWith('MDB_')) return `Atrium cannot start: the event log in ${process.env['ATRIUM_EVENT_STORE_FOLDER']} is damaged: ${error.message}`;
  return undefined;
});

/** What could not be written leaves the log refusing appends: only a new start, which looks at the disk again, takes them. */
function onFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  // After the answers that say so have gone out.
  if (error instanceof StorageFailed) setTimeout(() => process.exit(1), 100);
}
