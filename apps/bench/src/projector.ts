import { serveTasks } from './processes/serve-tasks.js';
import { copy, digest, endToEnd, load, rowCount, sink } from './processes/projector-tasks.js';

const tasks = { load, endToEnd, sink, copy, digest, rowCount };
export type ProjectorTasks = typeof tasks;

serveTasks(tasks);
