import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore, loadStream } from '@atrium/event-store';
import { startTickets, type RunningTickets } from '../spec-support/running-tickets.js';

const complaint = { channel: 'desk', subject: '电梯按钮不亮', description: '三楼北侧电梯的上行按钮不亮，等了十分钟。', category: '设施' };

/** Asks until it holds; the spec's own time limit ends it. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a complaint through the service', () => {
  let tickets: RunningTickets;
  beforeAll(async () => { tickets = await startTickets(); }, 60_000);
  afterAll(() => tickets.stop());

  const register = async (body: object = complaint): Promise<string> => (await tickets.post('/complaints', body)).body.id as string;

  it('goes from registration to closing and back, and the page shows every step', async () => {
    const registered = await tickets.post('/complaints', { ...complaint, complainant: { name: '王小明', phone: '13800000000' } }, { role: 'agent' });
    expect(registered).toMatchObject({ status: 201, headers: { etag: '"1"', location: expect.stringMatching(/^\/api\/tickets\/complaints\/[0-9a-f-]{36}$/) }, body: { status: 'registered', revision: '1' } });
    const { id } = registered.body as { id: string };

    const steps: [string, object, string][] = [
      ['acknowledge', { message: '您好，我们已派人查看。' }, 'registered'],
      ['route', { department: '工程部', queue: '电梯' }, 'routed'],
      ['promise-resolution', { dueAt: new Date(Date.now() + 86_400_000).toISOString() }, 'routed'],
      ['start-waiting', { party: 'customer', reason: '请顾客确认位置' }, 'waiting'],
      ['end-waiting', {}, 'routed'],
      ['record-follow-up', { note: '工程师已到场' }, 'routed'],
      ['resolve', { resolution: '更换了按钮' }, 'resolved'],
      ['close', { outcome: 'resolved', reason: '顾客满意' }, 'closed'],
      ['reopen', { reason: '又不亮了' }, 'routed'],
    ];
    let position = '';
    for (const [route, body, status] of steps) {
      const answer = await tickets.post(`/complaints/${id}/${route}`, body, { role: 'supervisor' });
      expect({ route, status: answer.status, now: answer.body.status }).toEqual({ route, status: 200, now: status });
      position = answer.headers['atrium-position'] as string;
    }

    const page = await tickets.get(`/complaints/${id}?after=${position}`, { role: 'agent' });
    expect(page.body).toMatchObject({
      id, reference: id.slice(0, 8).toUpperCase(), status: 'routed', department: '工程部', queue: '电梯', subject: complaint.subject,
      complainant: { name: '王小明', phone: '13800000000', email: null },
      clocks: [{ clockId: 'acknowledge-1', state: 'met' }, { clockId: 'promised-time-1', state: 'met', pauses: [{ from: expect.any(String), to: expect.any(String) }] }],
    });
    expect(page.headers.etag).toBe(`"${page.body.revision as string}"`);
    expect((page.body.timeline as { type: string }[]).map(({ type }) => type)).toEqual([
      'ComplaintRegistered', 'ClockStarted', 'ComplaintAcknowledged', 'ClockStopped', 'ComplaintRouted', 'ResolutionPromised', 'ClockStarted',
      'WaitingStarted', 'ClockPaused', 'WaitingEnded', 'ClockResumed', 'FollowUpRecorded', 'ComplaintResolved', 'ClockStopped', 'ComplaintClosed', 'ComplaintReopened',
    ]);
    expect(page.text).toContain('更换了按钮');
  });

  it('keeps nothing personal clear in the log', async () => {
    const { id } = (await tickets.post('/complaints', { ...complaint, subject: 'Mallory is angry', complainant: { name: 'Marker Mallory', email: 'mallory@marker.example' } })).body as { id: string };
    await tickets.post(`/complaints/${id}/route`, { department: 'ISD', reason: 'Mallory asked for it' });
    await tickets.post(`/complaints/${id}/record-follow-up`, { note: 'Called Marker Mallory' });
    const store = EventStore.connect({ url: tickets.eventStoreUrl });
    const stored = JSON.stringify(await loadStream(store, `complaint-${id}`), (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    await store.dispose();
    expect(stored).toContain('FollowUpRecorded');
    expect(stored).not.toMatch(/mallory/i);
    expect(stored).not.toContain(complaint.description);
  });

  it('answers a repetition with what was stored, and refuses the key with other content', async () => {
    const key = randomUUID();
    const first = await tickets.post('/complaints', complaint, { key });
    const again = await tickets.post('/complaints', complaint, { key });
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'atrium-position': first.headers['atrium-position'] } });
    expect(await tickets.post('/complaints', { ...complaint, subject: 'other' }, { key })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await tickets.post('/complaints', complaint, { key, sub: 'someone-else' })).body.id).not.toBe(first.body.id);
  });

  it('takes an id in capitals for the same complaint, also in a repetition', async () => {
    const id = await register();
    const key = randomUUID();
    expect(await tickets.post(`/complaints/${id.toUpperCase()}/record-follow-up`, { note: 'n' }, { key })).toMatchObject({ status: 200, body: { revision: '2' } });
    expect(await tickets.post(`/complaints/${id}/record-follow-up`, { note: 'n' }, { key })).toMatchObject({ status: 200, body: { revision: '2' } });
  });

  it('lets fifty at once with one key do it once, and fifty with their own all of it', async () => {
    const id = await register();
    const key = randomUUID();
    const same = await Promise.all(Array.from({ length: 50 }, () => tickets.post(`/complaints/${id}/record-follow-up`, { note: 'n' }, { key })));
    expect(new Set(same.map(({ status, body }) => `${status} ${body.revision as string}`))).toEqual(new Set(['200 2']));
    const own = await Promise.all(Array.from({ length: 50 }, () => tickets.post(`/complaints/${id}/record-follow-up`, { note: 'n' })));
    expect(own.map(({ body }) => Number(body.revision)).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 3));
  });

  it('says what is possible when a command is not', async () => {
    const id = await register();
    expect(await tickets.post(`/complaints/${id}/reopen`, { reason: 'x' })).toMatchObject({
      status: 409, headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: { code: 'not-possible-now', allowed: expect.arrayContaining(['AcknowledgeComplaint', 'RouteComplaint']) },
    });
    expect(await tickets.post(`/complaints/${id}/close`, { outcome: 'resolved', reason: 'x' })).toMatchObject({ status: 409, body: { code: 'not-resolved' } });
    expect(await tickets.post(`/complaints/${randomUUID()}/close`, { outcome: 'invalid', reason: 'x' })).toMatchObject({ status: 404, body: { code: 'no-such-complaint' } });
  });

  it('refuses to overwrite what another person has changed since', async () => {
    const id = await register();
    await tickets.post(`/complaints/${id}/route`, { department: '市场部' }, { sub: 'bob' });
    const stale = await tickets.post(`/complaints/${id}/route`, { department: '工程部' }, { sub: 'ann', headers: { 'if-match': '"1"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'changed-by-others', changes: [{ type: 'ComplaintRouted', actor: { id: 'bob' } }] } });
    expect(await tickets.post(`/complaints/${id}/route`, { department: '工程部' }, { sub: 'ann', headers: { 'if-match': '"2"' } })).toMatchObject({ status: 200 });
  });

  it.each([
    ['a missing field', { channel: 'desk', subject: 'x' }, '/description'],
    ['a wrong type', { ...complaint, amountMinor: '12', currency: 'CNY' }, '/amountMinor'],
    ['an unknown field', { ...complaint, vip: true }, '/vip'],
    ['an unknown channel', { ...complaint, channel: 'pigeon' }, '/channel'],
    ['an over-long text', { ...complaint, subject: 'x'.repeat(201) }, '/subject'],
    ['an empty text', { ...complaint, subject: '   ' }, '/subject'],
    ['control characters', { ...complaint, subject: 'a\u0000b' }, '/subject'],
    ['half a character', { ...complaint, subject: 'a\ud800b' }, '/subject'],
    ['an impossible date', { ...complaint, eventAt: '2026-02-30T10:00:00Z' }, '/eventAt'],
    ['an unknown field deep inside', { ...complaint, complainant: { name: 'A', shoe: 42 } }, '/complainant/shoe'],
    ['an amount without its currency', { ...complaint, amountMinor: 12 }, '/currency'],
  ])('refuses %s and names it', async (_what, body, path) => {
    expect(await tickets.post('/complaints', body)).toMatchObject({ status: 400, body: { code: 'invalid-body', errors: expect.arrayContaining([expect.objectContaining({ path })]) } });
  });

  it('refuses malformed requests', async () => {
    expect(await tickets.post('/complaints', '{"channel":')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect(await tickets.post('/complaints', '[]')).toMatchObject({ status: 400 });
    expect(await tickets.post('/complaints', 'null')).toMatchObject({ status: 400 });
    expect(await tickets.post('/complaints', { ...complaint, description: 'x'.repeat(5_000_000) })).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await tickets.post('/complaints', complaint, { key: null })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    expect(await tickets.post('/complaints/not-an-id/close', { outcome: 'invalid', reason: 'x' })).toMatchObject({ status: 400, body: { code: 'invalid-path' } });
    expect(await tickets.post(`/complaints/${randomUUID()}/close`, { outcome: 'invalid', reason: 'x' }, { headers: { 'if-match': 'x' } })).toMatchObject({ status: 400, body: { code: 'if-match-invalid' } });
    expect(await tickets.post('/complaints', complaint, { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 400, body: { code: 'if-match-invalid' } });
    expect(await tickets.post(`/complaints/${randomUUID()}/close`, { outcome: 'invalid', reason: 'x' }, { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 404 });
    expect(await tickets.post('/complaints', { ...complaint, mallId: 'atlantis' })).toMatchObject({ status: 422, body: { code: 'unknown-mall' } });
  });

  it('lets each command be sent by its roles only', async () => {
    const id = await register();
    expect(await tickets.post('/complaints', complaint, { role: 'auditor' })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await tickets.post(`/complaints/${id}/route`, { department: 'x' }, { role: 'member-clerk' })).toMatchObject({ status: 403 });
    expect(await tickets.get('/complaints', { role: 'member-clerk' })).toMatchObject({ status: 403 });
    expect(await tickets.post(`/complaints/${id}/record-breach`, { clockId: 'acknowledge-1' }, { role: 'system' })).toMatchObject({ status: 404 });
  });

  describe('recording late', () => {
    const earlier = () => new Date(Date.now() - 3_600_000).toISOString();
    it('needs the right and a reason', async () => {
      expect(await tickets.post('/complaints', { ...complaint, occurredAt: earlier(), backdatingReason: 'late-report' }, { role: 'agent' })).toMatchObject({ status: 403, body: { code: 'backdating-forbidden' } });
      expect(await tickets.post('/complaints', { ...complaint, occurredAt: earlier() }, { role: 'integration' })).toMatchObject({ status: 400, body: { code: 'backdating-reason-missing' } });
    });
    it('takes a reason of its list only, and none without the time', async () => {
      const occurredAt = earlier();
      expect(await tickets.post('/complaints', { ...complaint, occurredAt, backdatingReason: '王小明 said so' }, { role: 'integration' })).toMatchObject({ status: 400, body: { errors: [{ path: '/backdatingReason' }] } });
      expect(await tickets.post('/complaints', { ...complaint, backdatingReason: 'import' }, { role: 'integration' })).toMatchObject({ status: 400, body: { code: 'occurred-at-missing' } });
      expect(await tickets.post('/complaints', { ...complaint, backdatingReason: 'import' }, { role: 'agent' })).toMatchObject({ status: 403 });
    });
    it('is stored with both times and the reason', async () => {
      const occurredAt = earlier();
      const answer = await tickets.post('/complaints', { ...complaint, occurredAt, backdatingReason: 'offline-desk' }, { role: 'integration' });
      const page = await tickets.get(`/complaints/${answer.body.id as string}?after=${answer.headers['atrium-position'] as string}`);
      expect(page.body).toMatchObject({ openedAt: occurredAt, timeline: [{ occurredAt, backdatingReason: 'offline-desk' }, {}] });
      expect((page.body.timeline as [{ recordedAt: string }])[0].recordedAt > occurredAt).toBe(true);
    });
    it('can be neither in the future nor before the opening', async () => {
      const id = await register();
      const at = (occurredAt: string) => tickets.post(`/complaints/${id}/acknowledge`, { occurredAt, backdatingReason: 'import' }, { role: 'integration' });
      expect(await at(new Date(Date.now() + 600_000).toISOString())).toMatchObject({ status: 422, body: { code: 'occurred-in-future' } });
      expect(await at('2011-01-01T00:00:00Z')).toMatchObject({ status: 422, body: { code: 'occurred-before-opening' } });
    });
  });

  it('records a breach once its time has run out, and the verdict does not wait for that', async () => {
    const answer = await tickets.post('/complaints', { ...complaint, mallId: 'boston', occurredAt: '2020-01-01T00:00:00Z', backdatingReason: 'import' }, { role: 'integration' });
    const id = answer.body.id as string;
    const promised = await tickets.post(`/complaints/${id}/promise-resolution`, { dueAt: '2020-01-02T00:00:00Z', occurredAt: '2020-01-01T00:00:00Z', backdatingReason: 'import' }, { role: 'integration' });
    const page = () => tickets.get(`/complaints/${id}?after=${promised.headers['atrium-position'] as string}`);
    expect((await page()).body.clocks).toMatchObject([{ name: 'promised-time', state: 'broken' }]);
    const breaches = async () => ((await page()).body.timeline as { type: string }[]).filter(({ type }) => type === 'ClockBreached').length;
    await until(async () => (await breaches()) === 1);
  });
});
