import { startEventStoreServer } from '@atrium/event-store-server';
import { serveTasks } from './processes/serve-tasks.js';

const [folder = '', storage] = process.argv.slice(2);
const server = await startEventStoreServer({ folder, storage: storage === 'memory' ? 'memory' : 'disk' });

const tasks = { url: async (_: undefined) => server.url };
export type EventStoreTasks = typeof tasks;

serveTasks(tasks, () => server.stop());
