import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeToken } from '@atrium/kernel';
import { startTickets, type RunningTickets } from '../../spec-support/running-tickets.js';

const hour = 3_600_000;
const start = Date.now();
const iso = (fromStartMs: number) => new Date(start + fromStartMs).toISOString();

interface Item { readonly id: string; readonly subject: string; readonly promise: { state: string; dueAt: string | null } | null; readonly department: string | null }

describe('the list of complaints', () => {
  let tickets: RunningTickets;
  let after: string;
  /** Subject → id. */
  const ids: Record<string, string> = {};

  const imported = (subject: string, { channel = 'phone', department, due, closed = false, opened = -48 * hour }: { channel?: string; department?: string; due?: number; closed?: boolean; opened?: number }) => ({
    key: `list:${subject.replaceAll(' ', '-')}`, mallId: 'boston', policy: 'imported-1', backdatingReason: 'a spec',
    commands: [
      { type: 'RegisterComplaint', occurredAt: iso(opened), data: { channel, subject, description: 'd', externalReference: `x:${subject.length}` } },
      ...(department === undefined ? [] : [{ type: 'RouteComplaint', occurredAt: iso(opened), data: { department } }]),
      ...(due === undefined ? [] : [{ type: 'PromiseResolution', occurredAt: iso(opened), data: { dueAt: iso(due) } }]),
      ...(closed ? [{ type: 'CloseComplaint', occurredAt: iso(-hour), data: { outcome: 'withdrawn', reason: 'r' } }] : []),
    ],
  });

  beforeAll(async () => {
    tickets = await startTickets();
    const rows = [
      imported('overdue', { department: 'PWDx', due: -hour }),
      imported('soon', { department: 'PWDx', due: 2, opened: -47 * hour }),
      imported('later', { department: 'ISD', due: 72 * hour, channel: 'web' }),
      imported('undated', { channel: 'web' }),
      imported('closed late', { department: 'ISD', due: -2 * hour, closed: true }),
      imported('closed kept', { department: 'ISD', due: hour, closed: true }),
    ];
    const results = await tickets.import(rows);
    expect(results.slice(0, -1)).toEqual(rows.map(() => expect.objectContaining({ outcome: 'accepted' })));
    for (const [index, { commands }] of rows.entries()) ids[(commands[0]?.data as { subject: string }).subject] = results[index]?.id as string;
    const desk = await tickets.post('/complaints', { channel: 'desk', subject: '商场的电梯坏了', description: 'd', complainant: { name: '欧阳娜娜' } });
    ids['desk'] = desk.body.id as string;
    after = desk.headers['atrium-position'] as string;
  }, 60_000);
  afterAll(() => tickets.stop());

  const list = async (query: string): Promise<{ items: Item[]; total: number; next?: string }> => {
    const answer = await tickets.get(`/complaints?after=${after}&${query}`);
    expect(answer.status).toBe(200);
    return answer.body as unknown as { items: Item[]; total: number; next?: string };
  };
  const subjects = async (query: string) => (await list(query)).items.map(({ subject }) => subject);

  it('shows open ones, the most urgent first, undated ones last', async () => {
    const shown = await subjects('mallId=boston');
    expect(shown).toEqual(['overdue', 'soon', 'later', 'undated']);
  });

  it.each([
    ['status=all&mallId=boston', ['closed kept', 'closed late', 'later', 'overdue', 'soon', 'undated']],
    ['status=closed', ['closed kept', 'closed late']],
    ['status=registered', ['undated', '商场的电梯坏了']],
    ['department=PWDx', ['overdue', 'soon']],
    ['channel=web', ['later', 'undated']],
    ['due=none', ['undated']],
    ['q=OVERD', ['overdue']],
    ['q=电梯', ['商场的电梯坏了']],
    ['q=欧阳', ['商场的电梯坏了']],
    ['q=x:5', ['later']],
    ['q=%25', []],
    ['mallId=main', ['商场的电梯坏了']],
    ['department=PWDx&channel=web', []],
  ])('filters by %s', async (query, expected) => {
    expect((await subjects(query)).sort()).toEqual([...expected].sort());
  });

  it('finds a complaint by its reference', async () => {
    expect(await subjects(`q=${(ids['later'] as string).slice(0, 8)}`)).toEqual(['later']);
  });

  it('says of each promise what has become of it', async () => {
    const { items } = await list('status=all&mallId=boston');
    expect(Object.fromEntries(items.map(({ subject, promise }) => [subject, promise?.state ?? null]))).toMatchObject({
      overdue: 'broken', later: 'running', undated: null, 'closed late': 'broken', 'closed kept': 'met',
    });
  });

  it.each(['due', 'opened', '-opened'])('pages by %s through everything once', async (sort) => {
    const whole = await subjects(`status=all&sort=${sort}&limit=200`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(`status=all&sort=${sort}&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(page.total).toBe(7);
      seen.push(...page.items.map(({ subject }) => subject));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(whole);
  });

  it('counts what the filters can be set to', async () => {
    expect((await tickets.get(`/complaints/facets?after=${after}`)).body).toMatchObject({
      departments: [{ value: 'PWDx', count: 2 }, { value: 'ISD', count: 1 }],
      channels: [{ value: 'phone', count: 2 }, { value: 'web', count: 2 }, { value: 'desk', count: 1 }],
      statuses: expect.arrayContaining([{ value: 'closed', count: 2 }]),
    });
  });

  it('takes a cursor in the order that gave it, and in no other', async () => {
    const { next } = await list('status=all&sort=opened&limit=2') as { next: string };
    expect((await list(`status=all&sort=opened&cursor=${next}`)).items).toHaveLength(5);
    for (const sort of ['due', '-opened']) {
      expect(await tickets.get(`/complaints?status=all&sort=${sort}&cursor=${next}`)).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
    }
  });

  it.each([
    ['an impossible date', `due|9999-99-99T99:99:99.999Z|${randomUUID()}`],
    ['a day that its month does not have', `due|2025-02-30T00:00:00.000Z|${randomUUID()}`],
    ['a year beyond four digits', `due|+275760-01-01T00:00:00.000Z|${randomUUID()}`],
    ['an id of dashes', `due|2025-01-01T00:00:00.000Z|${'-'.repeat(36)}`],
    ['an id of dashes without a date', `due||${'-'.repeat(36)}`],
    ['no order', `2025-01-01T00:00:00.000Z|${randomUUID()}`],
    ['more than a cursor', `due||${randomUUID()}|`],
  ])('refuses a cursor with %s', async (_what, cursor) => {
    expect(await tickets.get(`/complaints?cursor=${Buffer.from(cursor).toString('base64url')}`)).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });

  it.each(['q', 'department', 'queue', 'channel', 'mallId', 'cursor', 'after'])('refuses control characters in %s', async (parameter) => {
    for (const control of ['%00', '%07', '%1B', '%7F', '%C2%85']) {
      for (const path of ['/complaints', '/complaints/facets']) {
        expect(await tickets.get(`${path}?${parameter}=a${control}b`)).toMatchObject({ status: 400, body: { code: 'invalid-query', errors: expect.arrayContaining([expect.objectContaining({ path: `/${parameter}` })]) } });
      }
    }
  });

  it('refuses control characters for one complaint too', async () => {
    expect(await tickets.get(`/complaints/${ids['later'] as string}?after=a%00b`)).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  });

  it.each(['', '&due=today', '&due=overdue'])('refuses a mall that is not there%s', async (rest) => {
    for (const mallId of ['atlantis', 'constructor']) {
      for (const path of ['/complaints', '/complaints/facets']) {
        expect(await tickets.get(`${path}?mallId=${mallId}${rest}`)).toMatchObject({ status: 400, body: { code: 'invalid-query', errors: [expect.objectContaining({ path: '/mallId' })] } });
      }
    }
  });

  it.each(['status=pending', 'limit=0', 'limit=x', 'sort=colour', 'cursor=abc', 'cursor=!!', 'after=xyz', 'colour=red', `q=${'x'.repeat(101)}`, 'status=open&status=closed'])('refuses the query %s', async (query) => {
    expect(await tickets.get(`/complaints?${query}`)).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json; charset=utf-8' } });
  });

  it('says 409 with where it is rather than show less than was asked for', async () => {
    const ahead = encodeToken({ source: 'tickets', position: 10n ** 12n });
    expect(await tickets.get(`/complaints?after=${ahead}`)).toMatchObject({ status: 409, body: { code: 'view-behind', wanted: '1000000000000', position: expect.any(String) } });
    expect(await tickets.get(`/complaints?after=${encodeToken({ source: 'members', position: 1n })}`)).toMatchObject({ status: 400, body: { code: 'position-of-another-log' } });
  }, 20_000);

  it('answers 404 for a complaint that is not there and 400 for no id', async () => {
    expect(await tickets.get(`/complaints/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'no-such-complaint' } });
    expect(await tickets.get("/complaints/1'--")).toMatchObject({ status: 400, body: { code: 'invalid-path' } });
  });

  it.each(['complaints', 'complaint-timeline'])('rebuilds %s beside the one that serves, row for row the same', async (name) => {
    const table = name.replace('-', '_');
    const rows = () => tickets.database.query<object>(`SELECT * FROM ${table} ORDER BY 1, 2`);
    const before = await rows();
    expect(await tickets.post(`/projections/${name}/rebuild`, {}, { role: 'agent' })).toMatchObject({ status: 403 });
    const begun = await tickets.post(`/projections/${name}/rebuild`, {});
    expect(begun).toMatchObject({ status: 202, body: { name, generation: 2 } });
    const state = async () => {
      const answer = await tickets.get('/runners');
      return (answer.body as unknown as { name: string; state: string; rebuild?: object; error?: object }[]).find((runner) => runner.name === name);
    };
    while ((await state())?.state === 'rebuilding') await new Promise((resolve) => setImmediate(resolve));
    expect(await state()).toMatchObject({ state: 'running', lag: 0 });
    expect((await tickets.database.query<{ definition: string }>(`SELECT pg_get_viewdef('${table}') AS definition`))[0]?.definition).toMatch(new RegExp(`${table}_v\\d+_g2`));
    expect(await rows()).toEqual(before);
  });

  it('knows no other projection', async () => {
    expect(await tickets.post('/projections/nothing/rebuild', {})).toMatchObject({ status: 404, body: { code: 'no-such-projection' } });
    expect(await tickets.post('/projections/complaints/rebuild', {}, { key: null })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
  });
});
