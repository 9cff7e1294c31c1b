import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore, loadStream } from '@atrium/event-store';
import { startTickets, type RunningTickets } from '../spec-support/running-tickets.js';

const opened = '2011-07-01T05:32:33.000Z';
const promised = '2011-07-15T05:32:32.000Z';

const row = (key: string, { closedAt, ...changes }: { closedAt?: string } & Record<string, unknown> = {}) => ({
  key, mallId: 'boston', policy: 'imported-1', backdatingReason: 'import of a spec',
  commands: [
    { type: 'RegisterComplaint', occurredAt: opened, data: { channel: 'phone', subject: 'Street light out', description: 'dark', externalReference: key } },
    { type: 'RouteComplaint', occurredAt: opened, data: { department: 'PWDx', queue: 'Lights' } },
    { type: 'PromiseResolution', occurredAt: opened, data: { dueAt: promised } },
    ...(closedAt === undefined ? [] : [
      { type: 'ResolveComplaint', occurredAt: closedAt, data: { resolution: 'replaced' } },
      { type: 'CloseComplaint', occurredAt: closedAt, data: { outcome: 'resolved', reason: 'replaced' } },
    ]),
  ],
  ...changes,
});

describe('import', () => {
  let tickets: RunningTickets;
  let store: EventStore;
  beforeAll(async () => {
    tickets = await startTickets();
    store = EventStore.connect({ url: tickets.eventStoreUrl });
  }, 60_000);
  afterAll(async () => {
    await store.dispose();
    await tickets.stop();
  });

  it('takes a row as one stream, decided in turn and appended as one, at the times it says', async () => {
    const [result, end] = await tickets.import([row('a:1', { closedAt: '2011-07-10T00:00:00Z' })]);
    expect(result).toMatchObject({ key: 'a:1', row: 0, outcome: 'accepted', id: expect.any(String), position: expect.stringMatching(/^\d+$/) });
    expect(end).toMatchObject({ end: true, accepted: 1, repeated: 0, refused: 0, position: expect.any(String) });
    const events = await loadStream(store, `complaint-${result?.id as string}`);
    expect(events.slice(1).map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['ComplaintRouted', opened], ['ResolutionPromised', opened], ['ClockStarted', opened],
      ['ComplaintResolved', '2011-07-10T00:00:00.000Z'], ['ClockStopped', '2011-07-10T00:00:00.000Z'], ['ComplaintClosed', '2011-07-10T00:00:00.000Z'],
    ]);
    expect(new Set(events.map(({ metadata }) => metadata.recordedAt)).size).toBe(1);
    expect(events.every(({ metadata }) => metadata.mallId === 'boston' && metadata.backdatingReason === 'import of a spec' && metadata.actor.role === 'integration')).toBe(true);
  });

  it('does a row once, however often it comes, in one request or several', async () => {
    const [first, second] = await tickets.import([row('b:1'), row('b:1')]);
    expect([first?.outcome, second?.outcome].sort()).toEqual(['accepted', 'repeated']);
    const [third, end] = await tickets.import([row('b:1')]);
    expect(third).toMatchObject({ outcome: 'repeated', id: first?.id, position: first?.position });
    expect(end).toMatchObject({ accepted: 0, repeated: 1, refused: 0 });
    expect(await loadStream(store, `complaint-${first?.id as string}`)).toHaveLength(4);
  });

  it('refuses what cannot be taken, says why, writes nothing of it, and takes the rest', async () => {
    const bad = {
      broken: '{"key":"c:1",',
      schema: { ...row('c:2'), mallId: 7 },
      unknownField: row('c:3', { note: 'x' }),
      unknownCommand: row('c:4', { commands: [{ type: 'ExplodeComplaint', occurredAt: opened, data: {} }] }),
      forbidden: row('c:5', { commands: [...row('c:5').commands, { type: 'RecordBreach', occurredAt: opened, data: { clockId: 'promised-time-1' } }] }),
      data: row('c:6', { commands: [{ type: 'RegisterComplaint', occurredAt: opened, data: { channel: 'pigeon', subject: 's', description: 'd' } }] }),
      impossibleDate: row('c:7', { commands: [{ ...row('c:7').commands[0], occurredAt: '2011-02-30T00:00:00Z' }] }),
      order: row('c:8', { closedAt: '2010-01-01T00:00:00Z' }),
      mall: row('c:9', { mallId: 'atlantis' }),
      policy: row('c:10', { policy: 'none-1' }),
      notOpened: row('c:11', { commands: [row('c:11').commands[1]] }),
      year: row('c:12', { commands: [{ ...row('c:12').commands[0], occurredAt: '0000-06-01T00:00:00Z' }] }),
      control: row('c:13', { backdatingReason: 'a\u0000b' }),
      half: row('c:14', { backdatingReason: 'a\ud800b' }),
      controlInMall: row('c:15', { mallId: 'bos\u0000ton' }),
      long: JSON.stringify(row('c:16')).padEnd(262_145),
    };
    const results = await tickets.import([...Object.values(bad), row('c:good')]);
    expect(Object.fromEntries(Object.keys(bad).map((name, index) => [name, [results[index]?.outcome, results[index]?.code]]))).toEqual({
      broken: ['refused', 'malformed-row'],
      schema: ['refused', 'invalid-row'],
      unknownField: ['refused', 'invalid-row'],
      unknownCommand: ['refused', 'unknown-command'],
      forbidden: ['refused', 'forbidden'],
      data: ['refused', 'invalid-row'],
      impossibleDate: ['refused', 'invalid-row'],
      order: ['refused', 'occurred-before-opening'],
      mall: ['refused', 'unknown-mall'],
      policy: ['refused', 'unknown-policy'],
      notOpened: ['refused', 'not-possible-now'],
      year: ['refused', 'invalid-row'],
      control: ['refused', 'invalid-row'],
      half: ['refused', 'invalid-row'],
      controlInMall: ['refused', 'invalid-row'],
      long: ['refused', 'row-too-large'],
    });
    expect(results[5]?.errors).toEqual([expect.objectContaining({ path: '/commands/0/data/channel' })]);
    expect(results[7]?.errors).toEqual([expect.objectContaining({ path: '/commands/3' })]);
    expect(results.at(-2)).toMatchObject({ key: 'c:good', outcome: 'accepted' });
    expect(results.at(-1)).toMatchObject({ end: true, accepted: 1, refused: 16 });
    expect(results[1]?.key).toBe('c:2');
    const position = (results.at(-1) as { position: string }).position;
    expect(await tickets.get(`/complaints?limit=1&after=${position}`)).toMatchObject({ status: 200 });
  });

  it('refuses a key that comes with other content', async () => {
    await tickets.import([row('d:1')]);
    expect((await tickets.import([row('d:1', { backdatingReason: 'another' })]))[0]).toMatchObject({ outcome: 'refused', code: 'idempotency-key-reused' });
  });

  it('is for integrations, as NDJSON, with at least one row and at most ten thousand', async () => {
    expect(await tickets.post('/import', row('e:1'), { role: 'supervisor', headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject({ status: 403 });
    expect(await tickets.post('/import', row('e:1'), { role: 'integration' })).toMatchObject({ status: 415 });
    expect(await tickets.post('/complaints', row('e:1'), { role: 'supervisor', headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject({ status: 415 });
    expect(await tickets.post('/import', '\n\n', { role: 'integration', headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    expect(await tickets.post('/import', '{}\n'.repeat(10_001), { role: 'integration', headers: { 'content-type': 'application/x-ndjson' } })).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });

  it('shows in totals what it took, from the folded log and from the read models alike', async () => {
    const [, , , , end] = await tickets.import([
      row('f:kept', { closedAt: '2011-07-15T05:32:32Z' }), row('f:late', { closedAt: '2011-07-15T05:32:33Z' }), row('f:open'),
      row('f:none', { commands: row('f:none').commands.slice(0, 2) }),
    ]);
    await tickets.get(`/complaints?limit=1&after=${end?.position as string}`);
    const { body } = await tickets.get('/totals', { role: 'auditor' });
    const stores = body.stores as { log: Record<string, unknown>; views: Record<string, unknown> };
    expect(stores.views).toEqual(stores.log);
    expect(stores.log).toMatchObject({ cases: 8, closed: 3, open: 5, promisesKept: 2, closedLate: 1, openOverdue: 4, promisesBroken: 5, byDepartment: { PWDx: 8 }, byChannel: { phone: 8 } });
  });

  it('refuses a line that is not UTF-8 for itself, and stores nothing in its place', async () => {
    const [before, after] = JSON.stringify(row('g:1')).split('Street light out') as [string, string];
    const broken = Buffer.concat([Buffer.from(`${before}caf`), Buffer.from([0xe9]), Buffer.from(`${after}\n \t\r\n`)]);
    const body = Buffer.concat([broken, Buffer.from(JSON.stringify(row('g:2')))]);
    const { text } = await tickets.post('/import', body, { role: 'integration', headers: { 'content-type': 'application/x-ndjson' } });
    const results = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results).toMatchObject([{ key: null, row: 0, outcome: 'refused', code: 'malformed-row' }, { key: 'g:2', row: 1, outcome: 'accepted' }, { end: true, accepted: 1, refused: 1 }]);
  });

  it('takes a body with a byte order mark and blank lines', async () => {
    const results = await tickets.import([`\ufeff${JSON.stringify(row('m:1'))}`, '', '   ', row('m:2')]);
    expect(results.map(({ outcome, end }) => outcome ?? end)).toEqual(['accepted', 'accepted', true]);
  });
});
