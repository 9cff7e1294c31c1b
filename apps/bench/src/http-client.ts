import { serveTasks } from './processes/serve-tasks.js';
import { get, post } from './processes/http-client-tasks.js';

const tasks = { get, post };
export type HttpClientTasks = typeof tasks;

serveTasks(tasks);
