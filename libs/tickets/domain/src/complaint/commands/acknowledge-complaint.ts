import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { lines } from '../../fields.js';

/** The first reply to the customer. An earlier one that is recorded later takes its place. */
export const acknowledgeComplaint = defineCommand({
  type: 'AcknowledgeComplaint',
  route: 'acknowledge',
  schema: z.strictObject({
    message: lines(4_000, { en: 'Message to the customer', zh: '给顾客的回复' }).optional(),
  }).meta({ id: 'AcknowledgeComplaint' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'integration'],
  possibleIn: ['registered', 'routed', 'waiting', 'resolved', 'closed'],
  mayPrecedeLastStatusChange: true,
  personal: ['message'],
  title: { zh: '首次回复', en: 'Acknowledge' },
  source: '004 §1.3',
});
