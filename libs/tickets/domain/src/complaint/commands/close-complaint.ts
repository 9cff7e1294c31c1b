import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { choice, lines } from '../../fields.js';
import { outcomes } from '../events.js';

/** `resolved` closes a resolved complaint; the other outcomes close any that is open. */
export const closeComplaint = defineCommand({
  type: 'CloseComplaint',
  route: 'close',
  schema: z.strictObject({
    outcome: choice(outcomes, { en: 'Outcome', zh: '结案结果' }, {
      resolved: { zh: '已解决', en: 'Resolved' },
      duplicate: { zh: '重复', en: 'Duplicate' },
      invalid: { zh: '无效', en: 'Invalid' },
      withdrawn: { zh: '顾客撤回', en: 'Withdrawn' },
      'out-of-scope': { zh: '职责范围外', en: 'Out of scope' },
    }),
    reason: lines(4_000, { en: 'Reason', zh: '原因' }),
  }).meta({ id: 'CloseComplaint' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'integration'],
  possibleIn: ['registered', 'routed', 'waiting', 'resolved'],
  mayPrecedeLastStatusChange: false,
  personal: ['reason'],
  title: { zh: '结案', en: 'Close' },
  source: '001 §1.1.4; 003:203, 333',
});
