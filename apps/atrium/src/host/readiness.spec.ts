import type { Health } from './hosted-service.js';
import { readiness } from './readiness.js';

const service = (name: string, health: () => Promise<Health>) => ({ name, health, handle: () => undefined, openApi: () => ({}), endStreams: () => undefined, close: async () => undefined });
const inState = (name: string, state: Health['state'], ...reasons: string[]) => service(name, async () => ({ state, reasons }));

let reported: unknown[];
beforeEach(() => { reported = []; });
const readinessOf = (...services: ReturnType<typeof service>[]) => readiness(services, (error) => reported.push(error));

it('is ready when every service is', async () => {
  expect(await readinessOf(inState('tickets', 'ready'), inState('members', 'ready'))).toEqual({ state: 'ready', reasons: [] });
});

it('is as bad as the worst, and names every part that is not well', async () => {
  expect(await readinessOf(inState('tickets', 'degraded', 'views stand still'), inState('members', 'ready'))).toEqual({ state: 'degraded', reasons: ['tickets: views stand still'] });
  expect(await readinessOf(inState('tickets', 'degraded', 'views stand still'), inState('members', 'away', 'no log', 'no keys'))).toEqual({
    state: 'away', reasons: ['tickets: views stand still', 'members: no log', 'members: no keys'],
  });
});

it('tells nobody what is the matter with a part', async () => {
  const reasons = [
    'tickets views: Event 4711 (ComplaintRouted): PostgreSQL refused with 22001 at complaints_v1.subject', 'tickets views: connect ECONNREFUSED 10.0.0.7:5432', 'Event 4711 cannot be read', '王小明',
  ];
  expect(await readinessOf(inState('tickets', 'degraded', ...reasons))).toEqual({ state: 'degraded', reasons: ['tickets: tickets views', 'tickets: a part of it'] });
});

it('takes a service that fails to answer for one that is away, and reports why', async () => {
  const error = new Error('connect ECONNREFUSED 10.0.0.7:5432');
  const failing = service('tickets', async () => { throw error; });
  expect(await readinessOf(failing)).toEqual({ state: 'away', reasons: ['tickets: cannot say how it is'] });
  expect(reported).toEqual([error]);
});
