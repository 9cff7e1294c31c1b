import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { lines } from '../../fields.js';

export const resolveComplaint = defineCommand({
  type: 'ResolveComplaint',
  route: 'resolve',
  schema: z.strictObject({
    resolution: lines(4_000, { en: 'Resolution', zh: '处理结果' }),
  }).meta({ id: 'ResolveComplaint' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['registered', 'routed', 'waiting'],
  mayPrecedeLastStatusChange: false,
  personal: ['resolution'],
  title: { zh: '处理完毕', en: 'Resolve' },
  source: '003:313-323',
});
