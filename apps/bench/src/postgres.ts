import { createDatabases, startPostgres } from '@atrium/embedded-postgres';
import { serveTasks } from './processes/serve-tasks.js';

const [folder = ''] = process.argv.slice(2);
const postgres = await startPostgres({ folder });
const { host, port, user, password } = postgres;

const tasks = {
  /** The URL of a new database. */
  database: async ({ name }: { readonly name: string }) => {
    await createDatabases(postgres, [name]);
    return `postgres://${user}:${password}@${host}:${port}/${name}`;
  },
};
export type PostgresTasks = typeof tasks;

serveTasks(tasks, () => postgres.stop());
