import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { lines } from '../../fields.js';

/** Within the policy's time after resolution or closing. No clock starts again by itself: a new promise starts a new one. */
export const reopenComplaint = defineCommand({
  type: 'ReopenComplaint',
  route: 'reopen',
  schema: z.strictObject({
    reason: lines(4_000, { en: 'Reason', zh: '原因' }),
  }).meta({ id: 'ReopenComplaint' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'integration'],
  possibleIn: ['resolved', 'closed'],
  mayPrecedeLastStatusChange: false,
  personal: ['reason'],
  title: { zh: '重新受理', en: 'Reopen' },
  source: '003:205',
});
