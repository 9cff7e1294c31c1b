import { z } from 'zod';
import { createDatabases, PostgresCannotStart, startPostgres } from '@atrium/embedded-postgres';
import { serveSupervisor } from './supervisor/serve-supervisor.js';

const settings = z.object({ ATRIUM_POSTGRES_FOLDER: z.string(), ATRIUM_POSTGRES_PORT: z.coerce.number().int(), ATRIUM_POSTGRES_DATABASES: z.string() });

serveSupervisor(async () => {
  const { ATRIUM_POSTGRES_FOLDER: folder, ATRIUM_POSTGRES_PORT: port, ATRIUM_POSTGRES_DATABASES: databases } = settings.parse(process.env);
  const postgres = await startPostgres({ folder, port });
  await createDatabases(postgres, databases.split(','));
  const { host, user, password, pid, exited, stop } = postgres;
  return { facts: { host, port, user, password, postmasterPid: pid }, ended: exited, stop };
}, (error) => error instanceof PostgresCannotStart ? error.message : undefined);
