import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore, execute, loadStream } from '@atrium/event-store';
import { createRequestHasher } from '@atrium/http';
import { ProjectionRunner } from '@atrium/runners';
import { complaintDecider, type ComplaintEvent } from '@atrium/tickets-domain';
import { DataSource } from 'typeorm';
import type { SendComplaintCommand } from '../../complaint/send-complaint-command.js';
import { startTickets, type RunningTickets } from '../../spec-support/running-tickets.js';
import { ComplaintEntity } from '../../views/complaints/complaints.entity.js';
import { RecordBreachWhenClockDue } from './record-breach.js';

type Bus = Pick<CommandBus, 'execute'>;
type Views = () => Pick<ReturnType<ProjectionRunner['status']>, 'state' | 'position'>;

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!await holds()) await new Promise((resolve) => setImmediate(resolve));
};

describe('the scheduler', () => {
  let tickets: RunningTickets;
  let store: EventStore;
  let dataSource: DataSource;
  let bus: CommandBus;
  let runner: ProjectionRunner;
  const schedulers: RecordBreachWhenClockDue[] = [];

  beforeAll(async () => {
    tickets = await startTickets();
    const { app } = tickets.service;
    // The service's own would come between: each spec starts those that it looks at.
    await app.get(RecordBreachWhenClockDue).stop();
    [bus, runner] = [app.get(CommandBus), app.get(ProjectionRunner)];
    store = EventStore.connect({ url: tickets.eventStoreUrl });
    dataSource = await new DataSource({ type: 'postgres', url: tickets.database.url, entities: [ComplaintEntity] }).initialize();
  }, 60_000);
  afterEach(() => Promise.all(schedulers.splice(0).map((scheduler) => scheduler.stop())));
  afterAll(async () => {
    await Promise.all([store.dispose(), dataSource.destroy()]);
    await tickets.stop();
  });

  /** One that polls all the time, counting its rounds and what it sends. */
  function start({ through = bus, views = () => runner.status() }: { readonly through?: Bus; readonly views?: Views } = {}) {
    const seen = { rounds: 0, sent: [] as string[] };
    const counting: Bus = {
      execute: (command: object) => {
        seen.sent.push((command as SendComplaintCommand).request.complaintId);
        return through.execute(command as never);
      },
    };
    const counted: Views = () => {
      seen.rounds += 1;
      return views();
    };
    const scheduler = new RecordBreachWhenClockDue(dataSource, counting, createRequestHasher(Buffer.alloc(32, 7)), counted, 1);
    schedulers.push(scheduler);
    scheduler.start();
    const rounds = (more: number): Promise<void> => {
      const last = seen.rounds + more;
      return until(() => seen.rounds >= last);
    };
    return { scheduler, seen, rounds };
  }

  /** A complaint whose promised time is over, in the log and in the rows. */
  async function overdue(dueAt = '2011-07-02T00:00:00Z'): Promise<string> {
    const [row, end] = await tickets.import([{
      key: randomUUID(), mallId: 'boston', policy: 'imported-1', backdatingReason: 'a spec',
      commands: [
        { type: 'RegisterComplaint', occurredAt: '2011-07-01T00:00:00Z', data: { channel: 'phone', subject: 'Mallory was here', description: 'd' } },
        { type: 'PromiseResolution', occurredAt: '2011-07-01T00:00:00Z', data: { dueAt } },
      ],
    }]);
    expect((await tickets.get(`/complaints?limit=1&after=${end?.position as string}`)).status).toBe(200);
    return row?.id as string;
  }

  const breachesOf = async (id: string): Promise<unknown[]> =>
    (await loadStream(store, `complaint-${id}`)).filter(({ type, data }) => type === 'ClockBreached' && (data as { clockId: string }).clockId === 'promised-time-1').map(({ data }) => (data as { dueAt: string }).dueAt);

  it('records a breach once, though several look for it again and again', async () => {
    const ids = await Promise.all([overdue(), overdue(), overdue()]);
    const several = [start(), start(), start()];
    await until(async () => (await Promise.all(ids.map(breachesOf))).every(({ length }) => length > 0));
    await Promise.all(several.map(({ rounds }) => rounds(20)));
    for (const id of ids) expect(await breachesOf(id)).toEqual(['2011-07-02T00:00:00.000Z']);
  });

  it('records the breach of the new due time that a late pause gave', async () => {
    const ago = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - hours * 3_600_000).toISOString();
    const backdated = { role: 'integration' } as const;
    const registered = await tickets.post('/complaints', { channel: 'desk', subject: 's', description: 'd', occurredAt: ago(9), backdatingReason: 'import' }, backdated);
    const id = registered.body.id as string;
    const send = async (route: string, body: object, hours: number) =>
      expect(await tickets.post(`/complaints/${id}/${route}`, { ...body, occurredAt: ago(hours), backdatingReason: 'import' }, backdated)).toMatchObject({ status: 200 });
    await send('route', { department: 'A' }, 8);
    await send('promise-resolution', { dueAt: ago(4) }, 7);
    start();
    await until(async () => (await breachesOf(id)).length === 1);
    await send('start-waiting', { party: 'customer', reason: 'r' }, 5);
    await send('end-waiting', {}, 3);
    await until(async () => (await breachesOf(id)).length === 2);
    expect(await breachesOf(id)).toEqual([ago(4), ago(2)]);
  });

  it('does not send again what was answered, while the rows stand still and after', async () => {
    const id = await overdue();
    const writer = dataSource.createQueryRunner();
    await writer.startTransaction();
    await writer.query('LOCK TABLE complaints IN SHARE MODE');
    const { seen, rounds } = start();
    await until(async () => (await breachesOf(id)).length === 1);
    await rounds(50);
    expect(seen.sent).toEqual([id]);
    await writer.commitTransaction();
    await writer.release();
    await until(async () => (await tickets.database.query('SELECT 1 FROM complaints WHERE id = $1 AND next_breach_at IS NULL', [id])).length === 1);
    await rounds(20);
    expect(seen.sent).toEqual([id]);
  });

  it('pauses while the rows do not follow the log, and says so', async () => {
    const id = await overdue();
    let state: 'degraded' | 'running' = 'degraded';
    const { scheduler, seen, rounds } = start({ views: () => ({ ...runner.status(), state }) });
    await rounds(20);
    expect({ sent: seen.sent, error: scheduler.error }).toEqual({ sent: [], error: 'the read models do not follow the log' });
    state = 'running';
    await until(async () => (await breachesOf(id)).length === 1);
    await rounds(2);
    expect(scheduler.error).toBeUndefined();
  });

  it('stops when the last of its commands is over, also after others failed', async () => {
    const ids = await Promise.all([overdue(), overdue(), overdue()]);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    let tried = 0;
    const through: Bus = {
      execute: async (command: object) => {
        tried += 1;
        if (tried === 1) throw new Error('the first fails');
        await released;
        return bus.execute(command as never);
      },
    };
    const { scheduler } = start({ through });
    await until(() => tried >= ids.length);
    const order: string[] = [];
    const stopped = scheduler.stop().then(() => order.push('stopped'));
    await tickets.get('/malls');
    await tickets.get('/complaints');
    order.push('released');
    release();
    await stopped;
    expect(order).toEqual(['released', 'stopped']);
    expect((await Promise.all(ids.map(breachesOf))).filter(({ length }) => length === 1)).toHaveLength(2);
  });

  describe('with rows that fail at the head of its queue', () => {
    const rows = 201;

    /** Complaints that the rows show and the log does not have, as after restoring an older log. */
    const withoutStream = () => tickets.database.query(
      `INSERT INTO complaints SELECT (json_populate_record(c, json_build_object('id', gen_random_uuid(), 'next_breach_at', '2001-01-01T00:00:00Z'::timestamptz, 'breaches_noticed', '{}'::text[]))).*
       FROM complaints c, generate_series(1, ${rows}) WHERE c.id = $1`, [template],
    );
    /** A complaint of a mall that nobody knows: its commands do not even reach the decider. */
    async function ofUnknownMall(): Promise<string> {
      const id = randomUUID();
      const registered: ComplaintEvent[] = (await loadStream(store, `complaint-${template}`))
        .filter(({ type }) => type !== 'ClockBreached').map(({ type, data, occurredAt }) => ({ type, data, occurredAt }) as ComplaintEvent);
      const outcome = await execute(store, {
        stream: `complaint-${id}`, creates: true, initialState: complaintDecider.initialState, evolve: complaintDecider.evolve, decide: () => registered, now: Date.now,
        identity: { commandId: randomUUID(), requestHash: 'spec', correlationId: randomUUID(), actor: { id: 'spec', role: 'integration' }, mallId: 'atlantis', backdatingReason: 'import' },
      });
      if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
      await runner.waitFor(outcome.position, 10_000);
      return id;
    }

    let template = '';

    it('records the breaches behind them, and names the complaints that fail', async () => {
      template = await overdue('2005-01-01T00:00:00Z');
      const first = start();
      await until(async () => (await breachesOf(template)).length === 1);
      await first.scheduler.stop();
      await withoutStream();
      const unknown = await ofUnknownMall();
      const behind = await overdue();

      const { scheduler, seen, rounds } = start();
      await until(async () => (await breachesOf(behind)).length === 1);
      await until(() => / and \d+ more$/.test(scheduler.error ?? ''));
      expect(scheduler.error).toMatch(/^breaches are not recorded: (complaint [0-9a-f-]{36} \(not-possible-now\), ){4}complaint [0-9a-f-]{36} \([a-z-]+\) and \d+ more$/);
      expect(scheduler.error).not.toContain('Mallory');
      expect(seen.sent).toContain(unknown);
      expect(await breachesOf(unknown)).toEqual([]);
      expect(seen.sent.filter((id) => id === behind)).toHaveLength(1);

      await tickets.database.query('DELETE FROM complaints WHERE id <> $1 AND next_breach_at < $2', [unknown, '2002-01-01T00:00:00Z']);
      await rounds(4);
      await until(() => scheduler.error === `breaches are not recorded: complaint ${unknown} (unknown-mall)`);
    }, 60_000);
  });
});
