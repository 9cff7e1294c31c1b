import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { line } from '../../fields.js';

/** The scheduler's word that a due time has passed. It may come late, twice or never: the verdict does not ask it. */
export const recordBreach = defineCommand({
  type: 'RecordBreach',
  schema: z.strictObject({
    clockId: line(40, { en: 'Clock', zh: '时钟' }),
  }).meta({ id: 'RecordBreach' }),
  roles: ['system'],
  possibleIn: ['registered', 'routed', 'waiting', 'resolved', 'closed'],
  mayPrecedeLastStatusChange: true,
  personal: [],
  title: { zh: '记录超时', en: 'Record breach' },
  source: '003:333',
});
