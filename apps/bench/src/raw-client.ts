import { serveTasks } from './processes/serve-tasks.js';
import { appendDurably, appendEach, connect, contents, eventCount, eventsOf, noopSubscription, readThenAppend, replay, seedCases, streamsOf } from './processes/raw-client-tasks.js';

const tasks = { connect, appendDurably, appendEach, readThenAppend, replay, eventsOf, contents, eventCount, noopSubscription, seedCases, streamsOf };
export type RawClientTasks = typeof tasks;

serveTasks(tasks);
