import { startPostgres } from './start-postgres.js';

/** A program of its own, so that it can be put with a copy of PostgreSQL where other accounts cannot enter. */
const [folder = '', confinement] = process.argv.slice(2);
try {
  const postgres = await startPostgres({ folder, ...(confinement === undefined ? {} : { confinement }) });
  process.stdout.write(JSON.stringify({ confinement: postgres.confinement, pid: postgres.pid, port: postgres.port }));
  await postgres.stop();
} catch (error) {
  process.stdout.write(JSON.stringify({ refused: error instanceof Error ? error.message : String(error) }));
}
