import type { FieldFaults } from './field-faults.en.js';

export const fieldFaultsZh: FieldFaults = {
  required: () => '请填写此项。',
  blank: () => '此项没有可见的文字，请重新填写。',
  'wrong-type': () => '内容类型不符，请重新填写。',
  'unknown-field': () => '服务不识别此项，请刷新页面。',
  'not-one-of': () => '请从所列选项中选择。',
  'too-long': (limit) => (limit === undefined ? '内容过长。' : `最多 ${limit} 字。`),
  'too-short': (limit) => (limit === undefined || limit === '1' ? '请填写此项。' : `至少 ${limit} 字。`),
  'too-large': (limit) => (limit === undefined ? '数值过大。' : `不得大于 ${limit}。`),
  'too-small': (limit) => (limit === undefined ? '数值过小。' : `不得小于 ${limit}。`),
  'too-many': (limit) => (limit === undefined ? '数量过多。' : `最多 ${limit} 项。`),
  'too-few': (limit) => (limit === undefined ? '数量过少。' : `至少 ${limit} 项。`),
  'wrong-format': () => '格式不符合要求。',
  'no-whole-number': () => '请填写整数。',
  'outside-years': () => '时间须在 1900 年至 2199 年之间。',
  'half-character': () => '文字中有不完整的字符，请重新输入。',
  'control-characters': () => '文字中有无法显示的字符，请直接输入，不要粘贴。',
  'amount-without-currency': () => '金额与币种须同时填写。',
  'not-accepted': () => '此项不符合要求。',
};
