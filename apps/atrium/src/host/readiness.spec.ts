import type { Health } from './hosted-service.js';
import { readiness } from './readiness.js';

const service = (name: string, health: () => Promise<Health>) => ({ name, health, handle: () => undefined, openApi: () => ({}), close: async () => undefined });
const inState = (name: string, state: Health['state'], ...reasons: string[]) => service(name, async () => ({ state, reasons }));

it('is ready when every service is', async () => {
  expect(await readiness([inState('tickets', 'ready'), inState('members', 'ready')])).toEqual({ state: 'ready', reasons: [] });
});

it('is as bad as the worst, and tells every reason', async () => {
  expect(await readiness([inState('tickets', 'degraded', 'views stand still'), inState('members', 'ready')])).toEqual({ state: 'degraded', reasons: ['tickets: views stand still'] });
  expect(await readiness([inState('tickets', 'degraded', 'views stand still'), inState('members', 'away', 'no log', 'no keys')])).toEqual({
    state: 'away', reasons: ['tickets: views stand still', 'members: no log', 'members: no keys'],
  });
});

it('takes a service that fails to answer for one that is away', async () => {
  const failing = service('tickets', async () => { throw new Error('out of order'); });
  expect(await readiness([failing])).toEqual({ state: 'away', reasons: ['tickets: out of order'] });
});
