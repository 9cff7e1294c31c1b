import { serveTasks } from './processes/serve-tasks.js';
import { appendDurably, appendEach, connect, contents, eventCount, eventsOf, noopSubscription, readThenAppend, replay } from './processes/raw-client-tasks.js';

const tasks = { connect, appendDurably, appendEach, readThenAppend, replay, eventsOf, contents, eventCount, noopSubscription };
export type RawClientTasks = typeof tasks;

serveTasks(tasks);
