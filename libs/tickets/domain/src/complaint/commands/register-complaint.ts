import { z } from 'zod';
import { defineCommand } from '../../command.js';
import { amountMinor, choice, currency, emailAddress, hinted, instant, language, line, lines } from '../../fields.js';
import { channels } from '../events.js';

/** What the manuals tell apart (000 §1.2.3; 002:15); a mall's own words may be written too. */
const categories = ['产品质量缺陷', '商品损坏', '服务态度', '服务失误', '服务纠纷', '价格疑问'] as const;

/** Becomes a ComplaintRegistered. The complainant's `personId`, the policy and the calendar are added by the service that takes the command in. */
export const registerComplaint = defineCommand({
  type: 'RegisterComplaint',
  creates: true,
  schema: z.strictObject({
    channel: hinted(choice(channels, { en: 'Channel', zh: '渠道' }, {
      desk: { zh: '服务台', en: 'Service desk' },
      phone: { zh: '电话', en: 'Phone' },
      mail: { zh: '邮件', en: 'Mail' },
      chat: { zh: '在线客服', en: 'Chat' },
      web: { zh: '网站', en: 'Web' },
      box: { zh: '意见箱', en: 'Suggestion box' },
      app: { zh: '手机应用', en: 'App' },
      social: { zh: '社交媒体', en: 'Social media' },
      staff: { zh: '员工上报', en: 'Staff' },
      system: { zh: '系统', en: 'System' },
    }), { unoffered: ['system'] }),
    subject: line(200, { en: 'Subject', zh: '投诉事由' }),
    description: lines(8_000, { en: 'Description', zh: '问题描述' }),
    category: hinted(line(120, { en: 'Category', zh: '类别' }), { suggestions: categories }).optional(),
    shop: line(120, { en: 'Shop', zh: '涉及店铺' }).optional(),
    eventAt: hinted(instant({ en: 'Happened at', zh: '事件发生时间' }), { when: 'past' }).optional(),
    amountMinor: hinted(amountMinor({ en: 'Amount', zh: '金额' }), { currency: 'currency' }).optional(),
    currency: hinted(currency({ en: 'Currency', zh: '币种' }), { seldom: true, suggestions: ['CNY', 'HKD', 'USD', 'EUR', 'JPY'], example: 'CNY' }).optional(),
    complainant: z.strictObject({
      name: line(120, { en: 'Name', zh: '姓名' }),
      phone: hinted(line(40, { en: 'Phone', zh: '电话' }), { input: 'tel' }).optional(),
      email: hinted(emailAddress({ en: 'E-mail', zh: '邮箱' }), { input: 'email', example: 'name@example.com' }).optional(),
    }).meta({ title: 'Complainant', 'x-zh': '投诉人' }).optional(),
    language: hinted(language({ en: 'Language', zh: '语言' }), { seldom: true, suggestions: ['zh-CN', 'yue', 'en', 'ja', 'ko'], example: 'zh-CN' }).optional(),
    externalReference: hinted(line(120, { en: 'External reference', zh: '外部编号' }), { seldom: true }).optional(),
  }).refine(({ amountMinor: amount, currency: unit }) => (amount === undefined) === (unit === undefined), {
    path: ['currency'], message: 'an amount and its currency belong together', params: { code: 'amount-without-currency' },
  }).meta({ id: 'RegisterComplaint', dependentRequired: { amountMinor: ['currency'], currency: ['amountMinor'] } }),
  roles: ['agent', 'shift-lead', 'supervisor', 'integration'],
  possibleIn: ['unregistered'],
  mayPrecedeLastStatusChange: false,
  personal: ['subject', 'description', 'complainant.name', 'complainant.phone', 'complainant.email'],
  title: { zh: '登记投诉', en: 'Register complaint' },
  source: '001 §1.1.3; 002:15; 003:197-199',
});
