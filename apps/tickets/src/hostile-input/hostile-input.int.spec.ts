import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '@atrium/event-store';
import { roles } from '@atrium/tickets-domain';
import { startTickets, type RunningTickets } from '../spec-support/running-tickets.js';
import { ticketsOpenApi } from '../tickets-service.js';
import { badAddresses, badCallers, badMethods, badPreconditions } from './bad-headers.fixture.js';
import { badJsonBodies } from './bad-bodies.fixture.js';
import { badLines, badNdjsonBodies } from './bad-lines.fixture.js';
import { badQueries } from './bad-queries.fixture.js';
import type { Case, Ground } from './case.fixture.js';
import { describedRoutes, takesJson, takesNdjson, type Described, type Route } from './described-routes.fixture.js';
import { forgedTokens, type ForgedToken } from './forged-tokens.fixture.js';
import { groundOf } from './ground.fixture.js';
import { faultsOf } from './judge.fixture.js';
import type { Schema } from './schema.fixture.js';
import { inParallel, openWire } from './wire.fixture.js';

const AT_ONCE = 16;

const routes = describedRoutes(await ticketsOpenApi() as unknown as Described);
const named = routes.map((route): [string, Route] => [`${route.method} ${route.path}`, route]);

describe('what a caller may get wrong', () => {
  let tickets: RunningTickets;
  let store: EventStore;
  let wire: ReturnType<typeof openWire>;
  let complaintId: string;
  let forged: readonly ForgedToken[];
  const tokens = new Map<string, string>();
  const counts = new Map<string, number>();

  beforeAll(async () => {
    tickets = await startTickets({ ATRIUM_RATE_LIMIT: '0', ATRIUM_RATE_LIMIT_INTEGRATION: '0', ATRIUM_RATE_LIMIT_UNKNOWN: '0' });
    store = EventStore.connect({ url: tickets.eventStoreUrl });
    await tickets.service.app.listen(0, '127.0.0.1');
    wire = openWire((tickets.service.app.getHttpServer().address() as AddressInfo).port, AT_ONCE);
    forged = await forgedTokens(tickets.issuer);
    for (const role of roles) tokens.set(role, await tickets.issuer.token(role));
    const registered = await tickets.post('/complaints', { channel: 'desk', subject: 's', description: 'd' }, { sub: 'somebody-else' });
    complaintId = registered.body.id as string;
    // Another person wrote last, for commands that say which revision they saw.
    await tickets.post(`/complaints/${complaintId}/acknowledge`, { message: 'm' }, { sub: 'somebody-else' });
  }, 60_000);

  afterAll(async () => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    process.stderr.write(`Hostile input: ${total} cases on ${counts.size} routes (${[...counts].map(([name, count]) => `${name.replace('/api/tickets', '')} ${count}`).join(', ')}).\n`);
    wire.close();
    await store.dispose();
    await tickets.stop();
  });

  const groundFor = (route: Route): Ground => groundOf(route, complaintId, (role) => tokens.get(role) as string);

  const faultsIn = async (cases: readonly Case[], described?: ReadonlySet<number>): Promise<string[]> =>
    (await inParallel(cases, AT_ONCE, async (one) => faultsOf(one, await wire.send(one.sent), described))).flat();

  it.each(named)('is refused, told by a code, and leaves nothing behind: %s', async (name, route) => {
    const ground = groundFor(route);
    const within = [
      ...badCallers(ground, forged), ...badPreconditions(ground), ...badQueries(ground),
      ...(takesJson(route) ? badJsonBodies(ground, route.bodies['application/json'] as Schema) : []), ...(takesNdjson(route) ? badNdjsonBodies(ground) : []),
    ];
    const beside = [...badMethods(ground, routes), ...badAddresses(ground)];
    counts.set(name, within.length + beside.length);
    const end = await store.lastPosition();
    expect(await faultsIn(within, route.answers)).toEqual([]);
    expect(await faultsIn(beside)).toEqual([]);
    expect(await store.lastPosition()).toBe(end);
  }, 60_000);

  it.each(named.filter(([, route]) => takesNdjson(route)))('is refused line by line: %s', async (name, route) => {
    const ground = groundFor(route);
    const lines = badLines(ground, route.bodies['application/x-ndjson']?.['x-line'] as Schema);
    counts.set(name, (counts.get(name) ?? 0) + lines.length);
    const end = await store.lastPosition();
    const faults = await inParallel(chunks(lines, 100), 4, async (some) => {
      const { status, text } = await wire.send({ method: route.method, address: ground.address, headers: ground.headers(), body: some.map(({ line }) => line).join('\n') });
      const results = text.trim().split('\n').map((line) => JSON.parse(line) as { outcome?: string; code?: string });
      return some.flatMap(({ name: what }, index) => {
        const { outcome, code } = results[index] ?? {};
        return status === 200 && outcome === 'refused' && /^[a-z][a-z-]+$/.test(code ?? '') ? [] : [`${what}: ${status} ${outcome} ${code}`];
      });
    });
    expect(faults.flat()).toEqual([]);
    expect(await store.lastPosition()).toBe(end);
  }, 60_000);

  it('is looked for at every route', () => {
    expect(routes.length).toBeGreaterThan(15);
    expect([...counts].filter(([, count]) => count < 60)).toEqual([]);
  });
});

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
