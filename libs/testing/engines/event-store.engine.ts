import { startEventStoreServer } from '@atrium/event-store-server';
import { serveUntilParentEnds } from './serve-until-parent-ends.js';

const server = await startEventStoreServer({ folder: process.argv[2] as string, port: 0 });
serveUntilParentEnds(`esdb://127.0.0.1:${server.port}?tls=false`, () => server.stop());
