import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { hinted, instant } from '../../fields.js';

/** The time by which the customer was told to expect a resolution; a new promise takes the place of the old one. */
export const promiseResolution = defineCommand({
  type: 'PromiseResolution',
  route: 'promise-resolution',
  schema: z.strictObject({
    dueAt: hinted(instant({ en: 'Promised for', zh: '承诺时限' }), { when: 'ahead' }),
  }).meta({ id: 'PromiseResolution' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['registered', 'routed', 'waiting'],
  mayPrecedeLastStatusChange: false,
  personal: [],
  title: { zh: '承诺时限', en: 'Promise a time' },
  source: '002:15',
});
