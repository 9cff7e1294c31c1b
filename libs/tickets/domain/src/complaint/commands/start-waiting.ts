import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { choice, lines } from '../../fields.js';

export const startWaiting = defineCommand({
  type: 'StartWaiting',
  route: 'start-waiting',
  schema: z.strictObject({
    party: choice(['customer', 'merchant'], { en: 'Waiting for', zh: '等待对象' }, {
      customer: { zh: '顾客', en: 'Customer' },
      merchant: { zh: '商户', en: 'Merchant' },
    }),
    reason: lines(4_000, { en: 'Reason', zh: '原因' }),
  }).meta({ id: 'StartWaiting' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['routed'],
  mayPrecedeLastStatusChange: false,
  personal: ['reason'],
  title: { zh: '开始等待', en: 'Start waiting' },
  source: '002:31; 003:101',
});
