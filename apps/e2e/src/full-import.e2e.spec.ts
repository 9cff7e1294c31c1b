import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inRepository } from './repository.js';
import { RunningSystem } from './running-system.js';

const file = path.join(process.env.ATRIUM_SHARED_DATA ?? inRepository('../shared/data'), 'boston311_2011H2.zip');

interface Stores { readonly log: Record<string, unknown>; readonly views: Record<string, unknown> }

if (fs.existsSync(file)) {
  describe('all requests of Boston in the second half of 2011', () => {
    let system: RunningSystem;
    beforeAll(async () => {
      system = await RunningSystem.start();
      await system.importBoston311(file);
    }, 600_000);
    afterAll(() => system.stop(), 60_000);

    it('pass through events into read models with the totals of the file', async () => {
      const { stores } = await system.get<{ stores: Stores }>('/api/tickets/totals', await system.token('auditor'));
      expect(stores.log).toMatchObject({
        cases: 58_251, closed: 54_570, open: 3_681,
        promisesBroken: 11_679, closedLate: 8_230, openOverdue: 3_449, promisesKept: 35_591,
        byDepartment: { PWDx: 36_977, ISD: 7_873, PARK: 4_682, BTDT: 4_280, INFO: 3_246, PROP: 1_113 },
        byChannel: { phone: 28_136, staff: 17_925, web: 8_160, app: 3_907 },
      });
      const { PWDx, ISD, PARK, BTDT, INFO, PROP, ...small } = stores.log.byDepartment as Record<string, number>;
      expect(Object.values(small).reduce((sum, count) => sum + count, 0)).toBe(80);
      expect([PWDx, ISD, PARK, BTDT, INFO, PROP].every((count) => count !== undefined)).toBe(true);
      expect(stores.views).toEqual(stores.log);
    }, 300_000);

    it('reconcile', async () => {
      expect(await system.reconcile()).toContain('All totals agree.');
    }, 300_000);
  });
} else {
  it.skip(`skipped: ${path.basename(file)} is not here, only its sample of 300 rows`, () => undefined);
}
