import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { amountMinor, choice, currency, emailAddress, instant, language, line, lines } from '../../fields.js';
import { channels } from '../events.js';

/** Becomes a ComplaintRegistered. The complainant's `personId`, the policy and the calendar are added by the service that takes the command in. */
export const registerComplaint = defineCommand({
  type: 'RegisterComplaint',
  creates: true,
  schema: z.strictObject({
    channel: choice(channels, { en: 'Channel', zh: '渠道' }, {
      desk: { zh: '服务台', en: 'Service desk' },
      phone: { zh: '电话', en: 'Phone' },
      mail: { zh: '邮件', en: 'Mail' },
      chat: { zh: '在线客服', en: 'Chat' },
      web: { zh: '网站', en: 'Web' },
      box: { zh: '意见箱', en: 'Suggestion box' },
      app: { zh: '手机应用', en: 'App' },
      social: { zh: '社交媒体', en: 'Social media' },
      staff: { zh: '员工录入', en: 'Staff' },
      system: { zh: '系统', en: 'System' },
    }),
    subject: line(200, { en: 'Subject', zh: '投诉事由' }),
    description: lines(8_000, { en: 'Description', zh: '问题描述' }),
    category: line(120, { en: 'Category', zh: '类别' }).optional(),
    shop: line(120, { en: 'Shop', zh: '涉及店铺' }).optional(),
    eventAt: instant({ en: 'Happened at', zh: '事件发生时间' }).optional(),
    amountMinor: amountMinor({ en: 'Amount (minor units)', zh: '金额（分）' }).optional(),
    currency: currency({ en: 'Currency', zh: '币种' }).optional(),
    complainant: z.strictObject({
      name: line(120, { en: 'Name', zh: '姓名' }),
      phone: line(40, { en: 'Phone', zh: '电话' }).optional(),
      email: emailAddress({ en: 'E-mail', zh: '邮箱' }).optional(),
    }).meta({ title: 'Complainant', 'x-zh': '投诉人' }).optional(),
    language: language({ en: 'Language', zh: '语言' }).optional(),
    externalReference: line(120, { en: 'External reference', zh: '外部编号' }).optional(),
  }).refine(({ amountMinor: amount, currency: unit }) => (amount === undefined) === (unit === undefined), {
    path: ['currency'], message: 'an amount and its currency belong together',
  }).meta({ id: 'RegisterComplaint', dependentRequired: { amountMinor: ['currency'], currency: ['amountMinor'] } }),
  roles: ['agent', 'shift-lead', 'supervisor', 'integration'],
  possibleIn: ['unregistered'],
  mayPrecedeLastStatusChange: false,
  personal: ['subject', 'description', 'complainant.name', 'complainant.phone', 'complainant.email'],
  title: { zh: '登记投诉', en: 'Register complaint' },
  source: '001 §1.1.3; 002:15; 003:197-199',
});
