import type { ComplaintCommandType } from '@atrium/tickets-domain';

/** A body for each command, as a desk would send it: what the API's document shows. */
export const commandExamples: Readonly<Record<ComplaintCommandType, object>> = {
  RegisterComplaint: {
    channel: 'desk', subject: '电梯按钮不亮', description: '三楼北侧电梯的上行按钮不亮，等了十分钟。', category: '设施', shop: '三楼北侧',
    eventAt: '2025-03-01T10:05:00+08:00', complainant: { name: '王小明', phone: '13800000000' }, language: 'zh-CN',
  },
  AcknowledgeComplaint: { message: '您好，工程部正在查看，下午六点前给您答复。' },
  RouteComplaint: { department: '工程部', queue: '电梯', reason: '设施损坏' },
  PromiseResolution: { dueAt: '2030-03-01T18:00:00+08:00' },
  StartWaiting: { party: 'merchant', reason: '等厂家送按钮来' },
  EndWaiting: {},
  RecordFollowUp: { note: '已电话告知顾客进度' },
  ResolveComplaint: { resolution: '更换了按钮并试运行' },
  CloseComplaint: { outcome: 'resolved', reason: '顾客确认恢复' },
  ReopenComplaint: { reason: '按钮又不亮了' },
  RecordBreach: { clockId: 'acknowledge-1' },
};
