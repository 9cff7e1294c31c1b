import { describe, expect, it } from '@jest/globals';
import type { ProjectionRunner, RunnerStatus } from '@atrium/runners';
import type { DataSource } from 'typeorm';
import { TicketsViews } from './tickets-views.js';

const lacksColumn = Object.assign(new Error('column c.vip does not exist'), { code: '42703' });

/** Asks rows that lack a column, while the read models are in this state. */
const ask = (status: { state: RunnerStatus['state']; rebuild?: object }): Promise<unknown> => {
  const runner = { status: () => ({ state: status.state, projections: [{}, { rebuild: status.rebuild }] }) } as unknown as ProjectionRunner;
  return new TicketsViews(runner, { isInitialized: true } as DataSource).read(undefined, () => Promise.reject(lacksColumn));
};

describe('a query for a column that the rows do not have', () => {
  it.each([
    ['are built', { state: 'running', rebuild: { phase: 'catch-up' } }],
    ['are built by another instance', { state: 'standby' }],
  ] as const)('is answered with "later" while the rows of the new version %s', async (_when, status) => {
    await expect(ask(status)).rejects.toMatchObject({ details: { status: 503, code: 'views-away' }, retryAfterSeconds: 2 });
  });

  it('is an error of ours where nothing is being built', async () => {
    await expect(ask({ state: 'running' })).rejects.toBe(lacksColumn);
  });
});
