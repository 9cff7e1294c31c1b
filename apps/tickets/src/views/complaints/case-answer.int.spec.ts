import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTickets, type RunningTickets } from '../../spec-support/running-tickets.js';

interface Span { readonly from: string; readonly to: string }
interface Case {
  readonly allowed: readonly string[];
  readonly next: string | null;
  readonly clocks: readonly { readonly name: string; readonly startedAt: string; readonly dueAt: string; readonly limitMs?: number; readonly openSpans?: readonly Span[] }[];
}

describe('the answer of a case', () => {
  let tickets: RunningTickets;
  beforeAll(async () => { tickets = await startTickets(); }, 60_000);
  afterAll(() => tickets.stop());

  const filed = async (): Promise<{ id: string; after: string }> => {
    const { body, headers } = await tickets.post('/complaints', { channel: 'desk', subject: 's', description: 'd' });
    return { id: body.id as string, after: headers['atrium-position'] as string };
  };
  const caseOf = async (id: string, after: string, role = 'agent'): Promise<Case> =>
    (await tickets.get(`/complaints/${id}?after=${after}`, { role })).body as unknown as Case;
  const openMs = (spans: readonly Span[], from: string, to: string): number =>
    spans.reduce((sum, span) => sum + Math.max(0, Math.min(Date.parse(to), Date.parse(span.to)) - Math.max(Date.parse(from), Date.parse(span.from))), 0);

  it('says what usually comes next, to those who may do it', async () => {
    const { id, after } = await filed();
    expect((await caseOf(id, after)).next).toBe('AcknowledgeComplaint');
    expect((await caseOf(id, after, 'mall-management')).next).toBeNull();
    expect(await caseOf(id, after, 'auditor')).toMatchObject({ next: null, allowed: [] });
    const acknowledged = await tickets.post(`/complaints/${id}/acknowledge`, {});
    expect((await caseOf(id, acknowledged.headers['atrium-position'] as string, 'mall-management')).next).toBe('RouteComplaint');
  });

  it('brings the opening hours that its clocks count, whatever the time of day', async () => {
    const { id, after } = await filed();
    const promised = await tickets.post(`/complaints/${id}/promise-resolution`, { dueAt: new Date(Date.now() + 86_400_000).toISOString() });
    const { clocks } = await caseOf(id, promised.headers['atrium-position'] as string);
    const [acknowledge, promise] = clocks;
    expect(openMs(acknowledge?.openSpans ?? [], acknowledge?.startedAt ?? '', acknowledge?.dueAt ?? '')).toBe(acknowledge?.limitMs);
    expect(promise).toMatchObject({ name: 'promised-time' });
    expect(promise).not.toHaveProperty('openSpans');
    const list = await tickets.get(`/complaints?after=${after}&limit=100`);
    const item = (list.body.items as { id: string; acknowledge: { dueAt: string; openSpans: readonly Span[] } }[]).find((one) => one.id === id);
    const left = openMs(item?.acknowledge.openSpans ?? [], new Date().toISOString(), item?.acknowledge.dueAt ?? '');
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
  });
});
