import { deskZh } from './desk.zh.js';
import { clockNameOf, textOf, word } from './en.js';
import type { EventData, Messages, Sentence, Words } from './en.js';
import { fieldFaultsZh } from './field-faults.zh.js';
import { frameZh } from './frame.zh.js';
import { problemsZh } from './problems.zh.js';

const channels: Words = {
  desk: '服务台', phone: '电话', mail: '邮件', chat: '在线客服', web: '网站', box: '意见箱',
  app: '手机应用', social: '社交媒体', staff: '员工上报', system: '系统',
};
const clocks: Words = { acknowledge: '首次回复', 'promised-time': '承诺时限' };
const parties: Words = { customer: '顾客', merchant: '商户' };
const outcomes: Words = { resolved: '已解决', duplicate: '重复', invalid: '无效', withdrawn: '顾客撤回', 'out-of-scope': '职责范围外' };
const stops: Words = { done: '已完成', superseded: '已被新时限取代', 'case-closed': '已结案' };

const clock = (data: EventData): string => word(clocks, clockNameOf(data));

const events: Readonly<Record<string, Sentence>> = {
  ComplaintRegistered: (data) => `登记 · ${word(channels, textOf(data, 'channel'))}`,
  ComplaintAcknowledged: () => '受理，已首次回复顾客',
  ComplaintRouted: (data) => {
    const queue = textOf(data, 'queue');
    return `分流至 ${textOf(data, 'department') ?? '—'}${queue === undefined ? '' : `，队列 ${queue}`}`;
  },
  ResolutionPromised: (data, say) => `承诺于 ${say.at(textOf(data, 'dueAt'))} 前处理完成`,
  WaitingStarted: (data) => `开始等待${word(parties, textOf(data, 'party'))}`,
  WaitingEnded: () => '结束等待',
  FollowUpRecorded: () => '跟进',
  ComplaintResolved: () => '处理完成',
  ComplaintClosed: (data) => `结案：${word(outcomes, textOf(data, 'outcome'))}`,
  ComplaintReopened: () => '重新开启',
  ClockStarted: (data, say) => `“${clock(data)}”开始计时，截止 ${say.at(textOf(data, 'dueAt'))}`,
  ClockPaused: (data) => `“${clock(data)}”暂停计时`,
  ClockResumed: (data, say) => `“${clock(data)}”恢复计时，截止改为 ${say.at(textOf(data, 'dueAt'))}`,
  ClockStopped: (data) => `“${clock(data)}”停止计时：${word(stops, textOf(data, 'why'))}`,
  ClockBreached: (data, say) => `系统发现“${clock(data)}”已于 ${say.at(textOf(data, 'dueAt'))} 超时`,
};

export const zh: Messages = {
  locale: 'zh-CN',
  htmlLang: 'zh-CN',
  product: 'Atrium',
  productLine: '顾客服务',
  skip: '跳到正文',
  nav: { label: '主导航', cases: '案件', system: '系统' },
  languageSwitch: { label: '切换为英文', other: 'English' },
  units: {
    year: (n) => `${n} 年`, day: (n) => `${n} 天`, hour: (n) => `${n} 小时`,
    minute: (n) => `${n} 分`, second: (n) => `${n} 秒`,
  },
  session: {
    title: '登录',
    lead: '内置签发方在本机发放令牌。请在项目目录中运行',
    then: '并把输出粘贴到下方。其他角色：agent、shift-lead、auditor 等。',
    token: '访问令牌',
    placeholder: 'eyJhbGciOi…',
    submit: '登录',
    kept: '仅保存在当前标签页，关闭即清除。',
    malformed: '这不是令牌：应为以点号连接的三段。',
    pastExpiry: '令牌已过期，请重新获取。',
    why: { refused: '服务未接受您的令牌，请重新登录。', expired: '令牌已过期，请重新登录。', 'signed-out': '您已退出。' },
    expires: (at) => `令牌有效至 ${at}`,
    signOut: '退出登录',
    loading: '正在加载…',
    issuer: {
      lead: (host) => `由 ${host} 验证您的身份。`,
      submit: '前往登录',
      completing: '正在完成登录…',
      kept: '登录仅在当前标签页有效，关闭即失效。',
      token: (host) => `请粘贴由 ${host} 签发的访问令牌。`,
      faults: {
        denied: '登录已取消。', 'issuer-away': '身份系统没有回应，请稍后重试。', 'not-begun-here': '登录未能完成，请重新登录。', 'no-token': '身份系统签发的令牌无法使用，请联系管理员。',
      },
    },
  },
  statuses: { open: '未结案', registered: '已登记', routed: '已分流', waiting: '等待中', resolved: '处理完成', closed: '已结案', all: '全部' },
  channels,
  clocks,
  parties,
  outcomes,
  stops,
  events,
  modes: { open: '营业时间内计时', wall: '全天计时' },
  list: {
    title: '案件',
    statusNav: '状态',
    filters: '筛选',
    showFilters: (n) => (n === 0 ? '筛选' : `筛选（${n}）`),
    search: '搜索主题、姓名或编号',
    department: '部门', channel: '渠道', mall: '商场', due: '时限', sort: '排序', queue: '队列',
    any: { department: '全部部门', channel: '全部渠道', mall: '全部商场', due: '不限时限' },
    dueOptions: { overdue: '已逾期', today: '今日到期', none: '无承诺' },
    sortOptions: { due: '到期优先', '-opened': '最新优先', opened: '最早优先' },
    clear: '清除筛选',
    columns: { promise: '承诺时限', acknowledge: '首次回复', subject: '案件', status: '状态', department: '部门', channel: '渠道', mall: '商场', opened: '登记时间' },
    caption: '案件列表，每行可打开一个案件',
    total: (n) => `共 ${n} 件`,
    one: '共 1 件',
    range: (from, to, total) => `第 ${from}–${to} 件，共 ${total} 件`,
    next: '下一页', previous: '上一页', first: '首页', paging: '分页',
    loading: '正在加载案件',
    empty: '没有符合条件的案件',
    emptyHint: '可减少筛选条件。',
  },
  due: {
    in: (d) => `剩 ${d}`,
    overdue: (d) => `逾期 ${d}`,
    since: (at) => `自 ${at}`,
    by: (at) => `${at} 前`,
    paused: '已暂停', met: '按时', broken: '超时', superseded: '已取代', none: '无',
  },
  case: {
    back: '案件',
    loading: '正在加载案件',
    facts: '详情', moreFacts: '更多', clocksTitle: '计时', timelineTitle: '经过',
    fields: { department: '部门', queue: '队列', channel: '渠道', mall: '商场', timeZone: '时区', opened: '登记时间', happened: '发生时间', category: '类别', shop: '店铺', externalReference: '外部编号', policy: '时限规则', calendar: '营业时间表', revision: '最新记录' },
    complainant: '投诉人', complainantFields: { name: '姓名', phone: '电话', email: '邮箱' },
    erased: '已删除', erasedHint: '此人的个人信息已按要求删除，无法恢复。',
    noClocks: '本案没有计时。',
    clockStates: { running: '计时中', paused: '已暂停', met: '按时', broken: '超时', superseded: '已取代' },
    overdueNow: '已逾期',
    left: (d) => `剩 ${d}`,
    leftOnResume: (d) => `恢复后剩 ${d}`,
    late: (d) => `晚 ${d}`,
    early: (d) => `提前 ${d}`,
    overBy: (d) => d,
    started: '开始', dueLabel: '截止', stopped: '停止', pausedSince: '暂停自', pauseCount: (n) => `暂停 ${n} 次`,
    limit: '时限',
    legend: { elapsed: '已用', paused: '暂停', over: '超时', now: '现在', stop: '停止' },
    compressed: '比例已压缩',
    showClockEvents: '显示计时事件',
    recorded: (at) => `录入于 ${at}`,
    backdated: '补录',
    backdatingReasons: {
      'offline-desk': '服务台离线', 'system-outage': '系统停用', 'paper-record': '先以纸质登记',
      'late-report': '事后告知', 'integration-delay': '外部系统延迟', import: '导入',
    },
    revision: (n) => `记录 ${n}`,
    details: '明细', rawJson: '原始数据',
    notFound: '没有这个案件', notFoundHint: '请核对地址，或按编号搜索。',
  },
  desk: deskZh,
  frame: frameZh,
  eventFields: {
    channel: '渠道', subject: '主题', description: '内容', category: '类别', shop: '店铺', eventAt: '发生时间', amountMinor: '金额', currency: '币种', complainant: '投诉人',
    name: '姓名', phone: '电话', email: '邮箱', personId: '顾客档案编号', language: '语言', policyVersion: '时限规则', calendarVersion: '营业时间表', externalReference: '外部编号', message: '回复内容', department: '部门',
    queue: '队列', reason: '原因', dueAt: '截止', clockId: '计时', party: '等待对象', note: '记录', resolution: '处理结果', outcome: '结果', mode: '计时方式', limitMs: '时限', why: '停止原因', mallId: '商场',
  },
  system: {
    title: '系统', loading: '正在加载系统状态',
    health: '健康状况', healthStates: { ready: '正常', degraded: '降级运行', away: '未就绪' }, reasons: '异常项',
    runners: '处理进程', noRunners: '尚无处理进程上报。',
    kinds: { projection: '投影', reaction: '反应', relay: '转发', consumer: '消费' },
    states: { running: '运行中', standby: '待命', rebuilding: '重建中', degraded: '异常', stopped: '已停止' },
    columns: { position: '位置', logEnd: '日志末端', lag: '落后' },
    caughtUp: '已追平', unknown: '未知', haltedSince: (at) => `自 ${at}`, haltedAt: (position) => `位置 ${position}`,
    rebuild: '重建', rebuildOf: (name) => `重建 ${name}`,
    confirm: (name) => `重建“${name}”？`,
    confirmText: '将从日志另建一份，完成后替换现有数据。期间查询不受影响，需要一些时间。',
    yes: '重建', no: '取消', started: (name) => `已开始重建 ${name}。`,
    progress: (events) => `已处理 ${events} 个事件`, rebuildFailed: '上次重建未成功',
    phases: { 'catch-up': '追赶中', compare: '比对中', switch: '切换中', refused: '被拒绝：新旧不一致', failed: '失败' },
    since: (d) => `已进行 ${d}`,
    docs: '接口文档', docsText: '所有服务的全部路由与数据结构。',
  },
  problem: {
    title: '操作未成功',
    retry: '重试',
    codes: problemsZh,
    fields: fieldFaultsZh,
    stale: '刷新失败，显示的是上次的内容。',
    crash: '页面出错', crashText: '重新加载通常可以恢复。错误信息：', reload: '重新加载',
    notFound: '页面不存在', notFoundText: '此地址没有内容。', home: '返回案件',
  },
};
