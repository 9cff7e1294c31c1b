import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '../../api.js';
import { durationText, messages } from '../../language/language.js';
import type { LanguageCode } from '../../language/language.js';
import { zonedTime } from '../../time/zoned-time.js';
import { byDay } from './by-day.js';
import { detailsOf, eventSentence, proseOf, wasRecordedLater } from './event-words.js';

const wording = (code: LanguageCode) => ({
  m: messages[code],
  time: zonedTime(messages[code].locale, 'Asia/Shanghai'),
  duration: (durationMs: number) => durationText(messages[code], durationMs),
});
const zh = wording('zh');
const en = wording('en');

const dueAt = '2026-03-02T04:00:00.000Z';
const clockId = 'promised-time-2';

const sentences: readonly (readonly [string, Record<string, unknown>, string, string])[] = [
  ['ComplaintRegistered', { channel: 'desk' }, 'Registered · Service desk', '登记 · 服务台'],
  ['ComplaintAcknowledged', {}, 'First reply given to the customer', '受理，已首次回复顾客'],
  ['ComplaintRouted', { department: '商管部' }, 'Routed to 商管部', '分流至 商管部'],
  ['ComplaintRouted', { department: 'PWDx', queue: 'Lights' }, 'Routed to PWDx, queue Lights', '分流至 PWDx，队列 Lights'],
  ['ResolutionPromised', { dueAt, clockId }, 'Resolution promised by 2 Mar 2026, 12:00', '承诺于 2026年3月2日 12:00 前处理完成'],
  ['WaitingStarted', { party: 'customer' }, 'Waiting for the customer', '开始等待顾客'],
  ['WaitingStarted', { party: 'merchant' }, 'Waiting for the merchant', '开始等待商户'],
  ['WaitingEnded', {}, 'Waiting ended', '结束等待'],
  ['FollowUpRecorded', { note: 'x' }, 'Followed up', '跟进'],
  ['ComplaintResolved', { resolution: 'x' }, 'Resolved', '处理完成'],
  ['ComplaintClosed', { outcome: 'out-of-scope' }, 'Closed: out of scope', '结案：职责范围外'],
  ['ComplaintReopened', { reason: 'x' }, 'Reopened', '重新开启'],
  ['ClockStarted', { clockId, name: 'promised-time', dueAt }, 'Clock “Promised time” started, due 2 Mar 2026, 12:00', '“承诺时限”开始计时，截止 2026年3月2日 12:00'],
  ['ClockPaused', { clockId }, 'Clock “Promised time” paused', '“承诺时限”暂停计时'],
  ['ClockResumed', { clockId, dueAt }, 'Clock “Promised time” resumed, now due 2 Mar 2026, 12:00', '“承诺时限”恢复计时，截止改为 2026年3月2日 12:00'],
  ['ClockStopped', { clockId: 'acknowledge-1', why: 'done' }, 'Clock “First reply” stopped: done', '“首次回复”停止计时：已完成'],
  ['ClockStopped', { clockId, why: 'superseded' }, 'Clock “Promised time” stopped: superseded', '“承诺时限”停止计时：已被新时限取代'],
  ['ClockBreached', { clockId, dueAt }, 'The system noticed that “Promised time” passed its time, 2 Mar 2026, 12:00', '系统发现“承诺时限”已于 2026年3月2日 12:00 超时'],
];

/** The console knows no domain code: the types are read from the one list that does not compile unless it holds them all. */
const upcasts = fs.readFileSync(path.resolve(import.meta.dirname, '../../../../../libs/tickets/domain/src/complaint/upcasts.ts'), 'utf8');
const types = [...upcasts.matchAll(/^ {2}(\w+): \[/gm)].map(([, type]) => type as string);

describe('events in words', () => {
  it.each(sentences)('%s %j', (type, data, inEnglish, inChinese) => {
    expect(eventSentence({ type, data }, en)).toBe(inEnglish);
    expect(eventSentence({ type, data }, zh)).toBe(inChinese);
  });

  it('are there for every type that the service writes, and for no other', () => {
    expect({ unworded: types.filter((type) => !(type in messages.en.events)), unwritten: Object.keys(messages.en.events).filter((type) => !types.includes(type)) })
      .toEqual({ unworded: [], unwritten: [] });
  });

  it('are all in the table above', () => {
    expect(Object.keys(messages.en.events).sort()).toEqual([...new Set(sentences.map(([type]) => type))].sort());
  });

  it('show a type nobody has put into words as it is', () => {
    expect(eventSentence({ type: 'ComplaintMerged', data: {} }, zh)).toBe('ComplaintMerged');
  });

  it('never fail on data that lack what the sentence would say', () => {
    for (const type of Object.keys(messages.en.events)) {
      expect(eventSentence({ type, data: {} }, en)).not.toContain('undefined');
      expect(eventSentence({ type, data: {} }, zh)).not.toContain('undefined');
    }
  });
});

describe('details of an event', () => {
  it('are labelled, worded and zoned, nested ones flattened', () => {
    const data = { channel: 'phone', eventAt: dueAt, limitMs: 900_000, amountMinor: 129_900, currency: 'CNY', complainant: { personId: 'p-1', name: '王秀兰', phone: 'erased' }, queue: null };
    expect(detailsOf(data, zh)).toEqual([
      { label: '渠道', value: '电话' },
      { label: '发生时间', value: '2026年3月2日 GMT+8 12:00:00' },
      { label: '时限', value: '15 分' },
      { label: '金额', value: '¥1,299.00' },
      { label: '顾客档案编号', value: 'p-1' },
      { label: '姓名', value: '王秀兰' },
      { label: '电话', value: '已删除', erased: true },
    ]);
  });

  it('name a clock once, with its id', () => {
    expect(detailsOf({ clockId: 'acknowledge-1', name: 'acknowledge', mode: 'open' }, en)).toEqual([
      { label: 'Clock', value: 'First reply (acknowledge-1)' },
      { label: 'Counts', value: 'opening hours' },
    ]);
  });

  it('quote what people wrote in a fixed order', () => {
    expect(proseOf({ reason: 'b', note: ' ', message: 'a', department: 'c' })).toEqual(['a', 'b']);
  });
});

describe('recorded later than it occurred', () => {
  const entry: TimelineEntry = { revision: '0', type: 'X', occurredAt: dueAt, recordedAt: dueAt, actor: { id: 'a', role: 'agent' }, data: {} };

  it.each([
    ['at once', {}, false],
    ['within a minute', { recordedAt: '2026-03-02T04:01:00.000Z' }, false],
    ['after more than a minute', { recordedAt: '2026-03-02T04:01:00.001Z' }, true],
    ['with a reason, however soon', { backdatingReason: 'offline desk' }, true],
  ])('%s', (_case, change, later) => {
    expect(wasRecordedLater({ ...entry, ...change })).toBe(later);
  });

  it('opens its day again when it stands between entries of another', () => {
    const at = (revision: number, occurredAt: string): TimelineEntry => ({ ...entry, revision: String(revision), occurredAt });
    const days = byDay([at(3, '2026-03-02T05:00:00.000Z'), at(2, '2026-03-01T15:59:00.000Z'), at(1, '2026-03-01T16:00:00.000Z'), at(0, '2026-03-02T03:00:00.000Z')], en.time.day);
    expect(days.map(({ name, entries }) => [name, entries.map(({ revision }) => Number(revision))])).toEqual([
      [en.time.day('2026-03-02T04:00:00.000Z'), [3]],
      [en.time.day('2026-03-01T04:00:00.000Z'), [2]],
      [en.time.day('2026-03-02T04:00:00.000Z'), [1, 0]],
    ]);
  });
});
