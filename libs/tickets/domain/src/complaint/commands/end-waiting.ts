import { z } from 'zod';
import { defineCommand } from '../../command.js';

export const endWaiting = defineCommand({
  type: 'EndWaiting',
  route: 'end-waiting',
  schema: z.strictObject({}).meta({ id: 'EndWaiting' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['waiting'],
  mayPrecedeLastStatusChange: false,
  personal: [],
  title: { zh: '结束等待', en: 'End waiting' },
  source: '002:31; 003:101',
});
