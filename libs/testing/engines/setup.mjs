// One set of engines for a whole `npm test`: a PostgreSQL and an event store server, both real and in a folder of this run.
// Specs find them by ATRIUM_TEST_POSTGRES_URL and ATRIUM_TEST_EVENT_STORE_URL and isolate themselves by name; one that
// needs a log of its own forks ATRIUM_TEST_EVENT_STORE_ENGINE (libs/testing/src/own-event-store.ts).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleEngine, runEngine } from './start-engine.mjs';

export default async function setup() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-test-'));
  fs.chmodSync(folder, 0o755);
  const files = await Promise.all([bundleEngine('postgres'), bundleEngine('event-store')]);
  const [postgres, eventStore] = await Promise.all([runEngine(files[0], path.join(folder, 'postgres')), runEngine(files[1], path.join(folder, 'event-store'))]);
  process.env.ATRIUM_TEST_POSTGRES_URL = postgres.url;
  process.env.ATRIUM_TEST_EVENT_STORE_URL = eventStore.url;
  process.env.ATRIUM_TEST_EVENT_STORE_ENGINE = files[1];
  globalThis.atriumEngines = { folder, files, engines: [postgres, eventStore] };
}
