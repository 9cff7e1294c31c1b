import type { Label } from './label.js';

/** Everybody who can call, by what they are called in the mall; `system` is Atrium itself, and no token speaks for it. */
export const roleTitles = {
  agent: { zh: '客服专员', en: 'Agent' },
  'shift-lead': { zh: '领班', en: 'Shift lead' },
  supervisor: { zh: '客服中心主管', en: 'Supervisor' },
  'mall-management': { zh: '商管部', en: 'Mall management' },
  'general-manager': { zh: '总经理', en: 'General manager' },
  'member-clerk': { zh: '会员专员', en: 'Member clerk' },
  integration: { zh: '系统集成', en: 'Integration' },
  auditor: { zh: '审计', en: 'Auditor' },
  system: { zh: '系统', en: 'System' },
} as const satisfies Readonly<Record<string, Label>>;

export type Role = keyof typeof roleTitles;

export const roles = Object.keys(roleTitles) as readonly Role[];
