import type { RunningSystem } from './running-system.js';

export const deskComplaint = {
  subject: '羽绒服充绒量与吊牌不符，要求退货并赔偿',
  complainant: '王秀兰',
  message: '您好，您的投诉已受理，今天内与商户核实后回复您。',
} as const;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A complaint as the desk takes it, whose promised time is paused while the customer looks for the receipt. Returns its id. */
export async function fileDeskComplaint(system: RunningSystem, token: string): Promise<string> {
  const { id } = await system.command<{ id: string }>('', {
    channel: 'desk', subject: deskComplaint.subject, description: '顾客已自行送检，检测结果与吊牌不符。', category: '产品质量缺陷', shop: '北岸羽绒 3F-018',
    amountMinor: 129_900, currency: 'CNY', complainant: { name: deskComplaint.complainant, phone: '13800138000' }, language: 'zh',
  }, token);
  await system.command(`/${id}/acknowledge`, { message: deskComplaint.message }, token);
  await system.command(`/${id}/route`, { department: '商管部', queue: '服饰' }, token);
  await system.command(`/${id}/promise-resolution`, { dueAt: new Date(Date.now() + 2 * DAY_MS).toISOString() }, token);
  await system.command(`/${id}/start-waiting`, { party: 'customer', reason: '等顾客提供购物小票' }, token);
  return id;
}
