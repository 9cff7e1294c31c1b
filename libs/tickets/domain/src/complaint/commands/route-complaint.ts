import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { line, lines } from '../../fields.js';

export const routeComplaint = defineCommand({
  type: 'RouteComplaint',
  route: 'route',
  schema: z.strictObject({
    department: line(80, { en: 'Department', zh: '部门' }),
    queue: line(120, { en: 'Queue', zh: '队列' }).optional(),
    reason: lines(4_000, { en: 'Reason', zh: '原因' }).optional(),
  }).meta({ id: 'RouteComplaint' }),
  roles: ['agent', 'shift-lead', 'supervisor', 'mall-management', 'integration'],
  possibleIn: ['registered', 'routed'],
  mayPrecedeLastStatusChange: false,
  personal: ['reason'],
  title: { zh: '分流', en: 'Route' },
  source: '003:201-203',
});
