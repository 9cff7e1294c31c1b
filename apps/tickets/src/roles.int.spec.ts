import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { routesOf } from '@atrium/http';
import { roles, type Role } from '@atrium/tickets-domain';
import { roleTable } from './roles.js';
import { startTickets, type RunningTickets } from './spec-support/running-tickets.js';

const people: readonly Role[] = roles.filter((role) => role !== 'system');

describe('who may call what', () => {
  let tickets: RunningTickets;
  let routes: readonly string[];
  let base: string;

  beforeAll(async () => {
    tickets = await startTickets();
    const { headers } = await tickets.post('/complaints', { channel: 'desk', subject: 'Wet floor', description: 'At the north entrance.' });
    await tickets.get(`/complaints?after=${headers['atrium-position'] as string}`);
    routes = routesOf(tickets.service.app.getHttpAdapter().getInstance()).filter((route) => !route.startsWith('HEAD'));
    await tickets.service.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(tickets.service.app.getHttpServer().address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(() => tickets.stop());

  /** Without a body and an Idempotency-Key, so that nothing is done where the role is let pass. */
  const call = async (route: string, token?: string): Promise<{ status: number; code?: string }> => {
    const [method = '', path = ''] = route.split(' ');
    const address = path.replace(':id', randomUUID()).replace(':name', 'no-such-view');
    const answer = await fetch(`${base}${address}`, { method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
    if (answer.ok) {
      await answer.body?.cancel();
      return { status: answer.status };
    }
    if (method === 'HEAD') return { status: answer.status };
    const { code } = await answer.json() as { code: string };
    return { status: answer.status, code };
  };

  it('is said of every route of the running service, and of no other', () => {
    expect([...routes].sort()).toEqual(Object.keys(roleTable).map((route) => route.replace(' ', ' /api/tickets')).sort());
    expect(routes.length).toBeGreaterThan(15);
  });

  it.each(people)('is so for %s, over HTTP', async (role) => {
    const token = await tickets.token(role);
    for (const route of routes) {
      const { status, code } = await call(route, token);
      const may = !(status === 403 && code === 'forbidden');
      expect({ route, may }).toEqual({ route, may: roleTable[route.replace('/api/tickets', '')]?.includes(role) === true });
      if (may) expect({ route, isForeseen: [200, 400, 404, 415].includes(status) }).toEqual({ route, isForeseen: true });
    }
  });

  it('is the same for the head of an answer as for the answer', async () => {
    for (const role of ['member-clerk', 'auditor'] as const) {
      const token = await tickets.token(role);
      for (const route of routes.filter((one) => one.startsWith('GET'))) {
        const { status } = await call(route.replace('GET', 'HEAD'), token);
        expect({ role, route, may: status !== 403 }).toEqual({ role, route, may: roleTable[route.replace('/api/tickets', '')]?.includes(role) === true });
      }
    }
  });

  it('is nothing at all for somebody without a token', async () => {
    for (const route of routes) expect({ route, ...await call(route) }).toEqual({ route, status: 401, code: 'unauthenticated' });
  });

  it('is everything that can be read, and nothing that changes, for an auditor', () => {
    for (const [route, who] of Object.entries(roleTable)) expect({ route, may: who.includes('auditor') }).toEqual({ route, may: route.startsWith('GET') });
  });
});
