import { serveTasks } from './processes/serve-tasks.js';
import { copy, digest, endToEnd, open, rowCount, sink } from './processes/projector-tasks.js';

const tasks = { open, endToEnd, sink, copy, digest, rowCount };
export type ProjectorTasks = typeof tasks;

serveTasks(tasks);
