// One set of engines for a whole `npm test`: a PostgreSQL and an event store server, both real and in a folder of this run.
// Specs find them by ATRIUM_TEST_POSTGRES_URL and ATRIUM_TEST_EVENT_STORE_URL and isolate themselves by name.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEngine } from './start-engine.mjs';

export default async function setup() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-test-'));
  fs.chmodSync(folder, 0o755);
  const [postgres, eventStore] = await Promise.all([startEngine('postgres', folder), startEngine('event-store', folder)]);
  process.env.ATRIUM_TEST_POSTGRES_URL = postgres.url;
  process.env.ATRIUM_TEST_EVENT_STORE_URL = eventStore.url;
  globalThis.atriumEngines = { folder, engines: [postgres, eventStore] };
}
