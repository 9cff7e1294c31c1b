import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTickets, type RunningTickets } from './spec-support/running-tickets.js';

const complaint = { channel: 'desk', subject: 'Wet floor', description: 'At the north entrance.' };

describe('while an engine is away', () => {
  let tickets: RunningTickets;
  beforeEach(async () => { tickets = await startTickets(); }, 60_000);
  afterEach(() => tickets.stop(), 60_000);

  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!await holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('PostgreSQL: commands are taken, lists say 503, health says degraded; all of it comes back by itself', async () => {
    const before = await tickets.post('/complaints', complaint);
    await tickets.get(`/complaints?after=${before.headers['atrium-position'] as string}`);
    await Promise.all([tickets.database.goAway(), tickets.keys.goAway()]);
    await until(async () => (await tickets.service.health()).state === 'degraded');

    const answer = await tickets.post('/complaints', { ...complaint, subject: 'Taken meanwhile' });
    expect(answer.status).toBe(201);
    expect(await tickets.post(`/complaints/${answer.body.id as string}/route`, { department: '工程部' })).toMatchObject({ status: 200 });
    expect(await tickets.get('/complaints')).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) }, body: { code: 'views-away' } });

    const key = randomUUID();
    const withPerson = { ...complaint, complainant: { name: '王小明' } };
    expect(await tickets.post('/complaints', withPerson, { key })).toMatchObject({ status: 503, body: { code: 'keys-away' } });

    await Promise.all([tickets.database.comeBack(), tickets.keys.comeBack()]);
    expect(await tickets.post('/complaints', withPerson, { key })).toMatchObject({ status: 201 });
    const after = answer.headers['atrium-position'] as string;
    await until(async () => (await tickets.get(`/complaints?after=${after}&q=Taken`)).body.total === 1);
    await until(async () => (await tickets.service.health()).state === 'ok');
  }, 60_000);

  it('PostgreSQL has no tables yet: lists say 503, and nothing is unforeseen', async () => {
    await tickets.get(`/complaints?after=${(await tickets.post('/complaints', complaint)).headers['atrium-position'] as string}`);
    await tickets.database.query('ALTER VIEW complaints RENAME TO complaints_of_later');
    expect(await tickets.get('/complaints')).toMatchObject({ status: 503, body: { code: 'views-away' } });
    await tickets.database.query('ALTER VIEW complaints_of_later RENAME TO complaints');
    expect(await tickets.get('/complaints')).toMatchObject({ status: 200 });
  });

  it('the issuer of tokens: nobody is refused for it, and health says unready', async () => {
    await tickets.issuer.stop();
    expect(await tickets.get('/me')).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) }, body: { code: 'token-keys-away' } });
    expect(await tickets.service.health()).toMatchObject({ state: 'unready', reasons: [expect.stringMatching(/^token keys: /)] });
  });

  it('the log: commands and imports say 503 with a time to retry, and health says unready', async () => {
    await tickets.stopLog();
    expect(await tickets.post('/complaints', complaint)).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
    expect(await tickets.post(`/complaints/${randomUUID()}/route`, { department: 'x' })).toMatchObject({ status: 503, body: { code: 'event-store-away' } });
    const row = { key: 'k', mallId: 'boston', backdatingReason: 'r', commands: [{ type: 'RegisterComplaint', occurredAt: '2011-07-01T00:00:00Z', data: complaint }] };
    await expect(tickets.import([row])).rejects.toThrow(/^503: /);
    expect(await tickets.service.health()).toMatchObject({ state: 'unready', reasons: [expect.stringContaining('event store')] });
  }, 60_000);
});
