import { choice, hinted, instant } from './fields.js';
import type { Role } from './roles.js';

/** May say that something happened before it was recorded (with a reason): integrations, imports, and who enters an offline desk's notes. */
export const rolesThatBackdate: readonly Role[] = ['integration', 'shift-lead', 'supervisor'];

/** A choice and no free text: it is stored beside the event, where nothing personal may stand. */
export const backdatingReasons = ['offline-desk', 'system-outage', 'paper-record', 'late-report', 'integration-delay', 'import'] as const;

/** What every command may carry beside its own fields: both or neither. */
export const backdatingFields = {
  occurredAt: hinted(instant({ en: 'Happened at', zh: '发生时间' }), { when: 'past' }),
  backdatingReason: choice(backdatingReasons, { en: 'Why it is recorded later', zh: '补录原因' }, {
    'offline-desk': { zh: '服务台离线', en: 'Desk was offline' },
    'system-outage': { zh: '系统停用', en: 'System was down' },
    'paper-record': { zh: '先以纸质登记', en: 'Kept on paper first' },
    'late-report': { zh: '事后告知', en: 'Reported late' },
    'integration-delay': { zh: '外部系统延迟', en: 'Other system was late' },
    import: { zh: '导入', en: 'Imported' },
  }),
};
