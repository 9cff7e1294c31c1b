import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore, type LogBatch } from '@atrium/event-store';
import { ProjectionRunner, type EventSource, type SourceRange } from '@atrium/runners';
import { createDatabase } from '@atrium/testing';
import { complaintEventTypes } from '@atrium/tickets-domain';
import { DataSource } from 'typeorm';
import { startTickets, type RunningTickets } from '../spec-support/running-tickets.js';
import { ComplaintEntity } from './complaints/complaints.entity.js';
import { complaints } from './complaints/complaints.projection.js';
import { ComplaintTimelineEntity } from './complaint-timeline/complaint-timeline.entity.js';
import { complaintTimeline } from './complaint-timeline/complaint-timeline.projection.js';

/** The log as an at-least-once delivery may bring it: every event twice, every batch again. */
class Repeating implements EventSource {
  constructor(private readonly store: EventStore, private readonly batchSize: number) {}

  subscribe(range: SourceRange & { readonly signal?: AbortSignal }): AsyncIterable<LogBatch> {
    return this.twice(this.store.subscribe({ ...range, batchSize: this.batchSize }));
  }

  readAll(range: SourceRange & { readonly until?: bigint | undefined }): AsyncIterable<LogBatch> {
    return this.twice(this.store.readAll({ ...range, batchSize: this.batchSize }));
  }

  private async *twice(batches: AsyncIterable<LogBatch>): AsyncGenerator<LogBatch> {
    for await (const batch of batches) {
      yield { ...batch, events: batch.events.flatMap((event) => [event, event]) };
      yield batch;
    }
  }
}

describe('the projections of complaints', () => {
  let tickets: RunningTickets;
  let store: EventStore;
  let end: bigint;

  beforeAll(async () => {
    tickets = await startTickets();
    store = EventStore.connect({ url: tickets.eventStoreUrl });
    const send = async (id: string, route: string, body: object) => expect((await tickets.post(`/complaints/${id}/${route}`, body)).status).toBe(200);
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    for (let n = 0; n < 3; n += 1) {
      const { body } = await tickets.post('/complaints', { channel: 'web', subject: `s${n}`, description: 'd\n第二行', category: 'c', amountMinor: 1999, currency: 'CNY' });
      const id = body.id as string;
      await send(id, 'acknowledge', {});
      await send(id, 'route', { department: 'A', queue: 'Q' });
      await send(id, 'promise-resolution', { dueAt });
      await send(id, 'start-waiting', { party: 'customer', reason: 'r' });
      if (n > 0) await send(id, 'end-waiting', {});
      if (n > 0) await send(id, 'promise-resolution', { dueAt: new Date(Date.now() + 7_200_000).toISOString() });
      if (n > 1) await send(id, 'close', { outcome: 'withdrawn', reason: 'r' });
      if (n > 1) await send(id, 'reopen', { reason: 'r' });
    }
    const late = await tickets.import([{
      key: 'p:1', mallId: 'boston', policy: 'imported-1', backdatingReason: 'a spec',
      commands: [
        { type: 'RegisterComplaint', occurredAt: '2011-07-01T00:00:00Z', data: { channel: 'phone', subject: 's', description: 'd' } },
        { type: 'PromiseResolution', occurredAt: '2011-07-01T00:00:00Z', data: { dueAt: '2011-07-02T00:00:00Z' } },
      ],
    }]);
    const breachOf = async () => ((await tickets.get(`/complaints/${late[0]?.id as string}`)).body.timeline as { type: string }[] | undefined)?.some(({ type }) => type === 'ClockBreached');
    while (!await breachOf()) await new Promise((resolve) => setImmediate(resolve));
    end = await store.lastPosition() as bigint;
  }, 60_000);
  afterAll(async () => {
    await store.dispose();
    await tickets.stop();
  });

  it.each([1, 7, 500])('give the same rows from batches of %i in which every event comes twice as from the live log', async (batchSize) => {
    const database = await createDatabase('projections');
    const dataSource = new DataSource({ type: 'postgres', url: database.url, entities: [ComplaintEntity, ComplaintTimelineEntity] });
    const runner = new ProjectionRunner({ name: 'spec', dataSource, source: new Repeating(store, batchSize), projections: [complaints, complaintTimeline], batchSize });
    runner.start();
    await runner.waitFor(end, 20_000);
    for (const view of ['complaints', 'complaint_timeline']) {
      const rows = `SELECT * FROM ${view} ORDER BY 1, 2`;
      const live = await tickets.database.query<object>(rows);
      expect(live.length).toBeGreaterThan(3);
      expect(await database.query<object>(rows)).toEqual(live);
    }
    await runner.stop();
    await dataSource.destroy();
    await database.drop();
  }, 40_000);

  it('name every event that a complaint may write', () => {
    for (const { on } of [complaints, complaintTimeline]) expect(Object.keys(on).sort()).toEqual([...complaintEventTypes].sort());
  });
});
