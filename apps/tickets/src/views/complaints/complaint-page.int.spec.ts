import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startTickets, type RunningTickets } from '../../spec-support/running-tickets.js';

let tickets: RunningTickets;
let writer: DataSource;
beforeAll(async () => {
  tickets = await startTickets();
  writer = await new DataSource({ type: 'postgres', url: tickets.database.url }).initialize();
}, 60_000);
afterAll(async () => {
  await writer.destroy();
  await tickets.stop();
});

it('answers the revision of the last event it shows, though a change is written between its two queries', async () => {
  const answer = await tickets.post('/complaints', { channel: 'desk', subject: 's', description: 'd' });
  const id = answer.body.id as string;
  const page = () => tickets.get(`/complaints/${id}?after=${answer.headers['atrium-position'] as string}`);
  expect((await page()).headers.etag).toBe('"1"');

  const runner = writer.createQueryRunner();
  await runner.startTransaction();
  await runner.query('LOCK TABLE complaint_timeline IN ACCESS EXCLUSIVE MODE');
  const reading = page();
  const waiting = () => tickets.database.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT%complaint_timeline%'`);
  while ((await waiting()).length === 0) await new Promise((resolve) => setImmediate(resolve));
  await runner.query('UPDATE complaints SET revision = 2 WHERE id = $1', [id]);
  await runner.query(
    `INSERT INTO complaint_timeline (complaint_id, revision, type, occurred_at, recorded_at, actor_id, actor_role, data)
     SELECT complaint_id, 2, 'FollowUpRecorded', occurred_at, recorded_at, actor_id, actor_role, '{"note": "n"}' FROM complaint_timeline WHERE complaint_id = $1 AND revision = 1`,
    [id],
  );
  await runner.commitTransaction();
  await runner.release();

  const { headers, body } = await reading;
  expect({ etag: headers.etag, last: (body.timeline as { revision: string }[]).at(-1)?.revision }).toEqual({ etag: '"1"', last: '1' });
  expect((await page()).headers.etag).toBe('"2"');
}, 30_000);
