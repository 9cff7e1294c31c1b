import type { RawClientTasks } from '../raw-client.js';
import type { RunningService } from '../processes/workbench.js';
import type { StoredEvent } from '../processes/raw-client-tasks.js';
import type { Worker } from '../processes/worker.js';

/** What is sent. Nobody is named in it, so that no key of a person is needed, and none of PostgreSQL. */
export const example = {
  creation: { channel: 'desk', subject: '电梯按钮不亮', description: '三楼北侧电梯的上行按钮不亮，等了十分钟。', category: '设施', shop: 'L3-017' },
  acknowledgement: { message: '您好，我们已派人查看。' },
  routing: { department: '工程部', queue: '电梯' },
  followUp: { note: '工程师已到场，更换按钮需要两小时。' },
} as const;

export const commandsPath = '/api/tickets/complaints';
export const followUpPath = (stream: string): string => `${commandsPath}/${stream.slice('complaint-'.length)}/record-follow-up`;

/** The events that the service itself writes, so that others can write the same. */
export interface ExampleEvents {
  readonly creation: readonly StoredEvent[];
  /** Created, acknowledged, routed: five events. */
  readonly before: readonly StoredEvent[];
  readonly followUp: StoredEvent;
}

const EVENTS_BEFORE = 5;

/** Leads one complaint through its first commands and reads what was stored. @throws when the service no longer writes five events on that way */
export async function storeExample(service: RunningService, client: Worker<RawClientTasks>): Promise<ExampleEvents> {
  const token = await service.token('supervisor');
  const { id, events: { length: created } } = await send(service, token, commandsPath, example.creation);
  for (const [route, body] of [['acknowledge', example.acknowledgement], ['route', example.routing], ['record-follow-up', example.followUp]] as const) {
    await send(service, token, `${commandsPath}/${id}/${route}`, body);
  }
  const events = (await client.run('eventsOf', { prefix: `complaint-${id}` })).flatMap((append) => append.events);
  const followUp = events.at(-1);
  if (followUp === undefined || events.length !== EVENTS_BEFORE + 1) throw new Error(`The example has ${events.length} events, not ${EVENTS_BEFORE + 1}`);
  return { creation: events.slice(0, created), before: events.slice(0, EVENTS_BEFORE), followUp };
}

async function send({ url }: RunningService, token: string, path: string, body: object): Promise<{ readonly id: string; readonly events: readonly unknown[] }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return await response.json() as { id: string; events: unknown[] };
}
