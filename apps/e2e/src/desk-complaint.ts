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

/** A morning at the desk: complaints in several states. Returns their ids in the order of filing. */
export async function fileDeskMorning(system: RunningSystem, token: string): Promise<readonly string[]> {
  const file = async (body: object): Promise<string> => (await system.command<{ id: string }>('', { channel: 'desk', language: 'zh', ...body }, token)).id;
  const lamp = await file({ subject: '3 层北侧电梯按钮不亮', description: '母婴室旁的电梯，3 层按钮按下无反应，推婴儿车的顾客只能绕行。', category: '设施设备' });
  const wait = await file({ channel: 'phone', subject: '餐饮区排队叫号混乱，等候近两小时', description: '周六中午取号后过号未通知。', category: '服务态度', shop: '蜀味小馆 5F-006', complainant: { name: '陈志远', phone: '13900139000' } });
  const toy = await file({ channel: 'app', subject: '儿童玩具开封即损坏，商户拒绝更换', description: '购买当日发现发条断裂，有小票。', category: '产品质量缺陷', shop: '童趣坊 4F-021', amountMinor: 15_900, currency: 'CNY' });
  const park = await file({ channel: 'phone', subject: '停车费重复扣款', description: '同一车牌当日扣款两次。', category: '停车', complainant: { name: '刘洋' } });
  await system.command(`/${wait}/acknowledge`, { message: '您好，已联系商户核实，今天 18:00 前回复您。' }, token);
  await system.command(`/${wait}/route`, { department: '商管部', queue: '餐饮' }, token);
  await system.command(`/${wait}/promise-resolution`, { dueAt: new Date(Date.now() + 90 * 60_000).toISOString() }, token);
  await system.command(`/${toy}/acknowledge`, {}, token);
  await system.command(`/${toy}/route`, { department: '商管部', queue: '儿童' }, token);
  await system.command(`/${toy}/promise-resolution`, { dueAt: new Date(Date.now() + 30 * 60 * 60_000).toISOString() }, token);
  await system.command(`/${park}/route`, { department: '工程部', queue: '停车场' }, token);
  return [lamp, wait, toy, park];
}
