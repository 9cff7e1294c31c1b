import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { lines } from '../../fields.js';

export const recordFollowUp = defineCommand({
  type: 'RecordFollowUp',
  route: 'record-follow-up',
  schema: z.strictObject({
    note: lines(4_000, { en: 'Note', zh: '跟进记录' }),
  }).meta({ id: 'RecordFollowUp' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['registered', 'routed', 'waiting', 'resolved', 'closed'],
  mayPrecedeLastStatusChange: true,
  personal: ['note'],
  title: { zh: '跟进记录', en: 'Record follow-up' },
  source: '003:205, 323, 798',
});
