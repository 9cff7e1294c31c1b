import { startEventStoreServer } from '@atrium/event-store-server';
import { serveUntilParentEnds } from './serve-until-parent-ends.js';

const [, , folder, port = '0'] = process.argv;
const server = await startEventStoreServer({ folder: folder as string, port: Number(port) });
serveUntilParentEnds(`esdb://127.0.0.1:${server.port}?tls=false`, () => server.stop());
