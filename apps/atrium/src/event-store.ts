import { z } from 'zod';
import { DamagedLog, FolderInUse, startEventStoreServer } from '@atrium/event-store-server';
import { serveSupervisor } from './supervisor/serve-supervisor.js';

const settings = z.object({ ATRIUM_EVENT_STORE_FOLDER: z.string(), ATRIUM_EVENT_STORE_PORT: z.coerce.number().int() });

serveSupervisor(async () => {
  const { ATRIUM_EVENT_STORE_FOLDER: folder, ATRIUM_EVENT_STORE_PORT: port } = settings.parse(process.env);
  const server = await startEventStoreServer({ folder, host: '127.0.0.1', port });
  return { facts: { url: `esdb://127.0.0.1:${server.port}?tls=false` }, stop: () => server.stop() };
}, (error) => error instanceof DamagedLog || error instanceof FolderInUse ? `Atrium cannot start: ${error.message}` : undefined);
