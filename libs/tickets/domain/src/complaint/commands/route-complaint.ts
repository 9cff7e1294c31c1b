import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { hinted, line, lines } from '../../fields.js';

/** Those that the manuals name (002:31; 003:716-718); a mall may have others. */
const departments = ['商管部', '工程部', '安保部', '市场部', '运营部', '财务部'] as const;

export const routeComplaint = defineCommand({
  type: 'RouteComplaint',
  route: 'route',
  schema: z.strictObject({
    department: hinted(line(80, { en: 'Department', zh: '部门' }), { suggestions: departments }),
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
