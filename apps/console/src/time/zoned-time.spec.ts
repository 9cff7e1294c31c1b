import { describe, expect, it } from '@jest/globals';
import { zonedTime } from './zoned-time.js';

const boston = zonedTime('en-GB', 'America/New_York');
const shanghai = zonedTime('zh-CN', 'Asia/Shanghai');

describe('zonedTime', () => {
  it('writes an instant in the zone of the mall, in the words of the reader', () => {
    expect(boston.dateTime('2011-07-01T05:32:33.000Z')).toBe('1 Jul 2011, 01:32');
    expect(shanghai.dateTime('2011-07-01T05:32:33.000Z')).toBe('2011年7月1日 13:32');
    expect(boston.clock('2011-07-01T04:00:05.000Z')).toBe('00:00:05');
    expect(shanghai.day('2011-07-01T16:30:00.000Z')).toBe('2011年7月2日星期六');
  });

  it('tells the two hours of an autumn night apart by their offset', () => {
    const first = boston.exact('2011-11-06T05:30:00.000Z');
    const second = boston.exact('2011-11-06T06:30:00.000Z');
    expect(first).toBe('6 Nov 2011, 01:30:00 GMT-4');
    expect(second).toBe('6 Nov 2011, 01:30:00 GMT-5');
  });

  it('skips the hour that a spring night lacks', () => {
    expect(boston.dateTime('2012-03-11T06:59:59.000Z')).toBe('11 Mar 2012, 01:59');
    expect(boston.dateTime('2012-03-11T07:00:00.000Z')).toBe('11 Mar 2012, 03:00');
  });

  it('leaves out the year of now, and the time of day of another year, as the zone counts years', () => {
    const now = Date.parse('2026-01-01T03:00:00.000Z');
    expect(shanghai.short('2026-01-01T00:15:00.000Z', now)).toBe('1月1日 08:15');
    expect(boston.short('2026-01-01T02:15:00.000Z', now)).toBe('31 Dec, 21:15');
    expect(boston.short('2026-01-01T06:15:00.000Z', now)).toBe('1 Jan 2026, 01:15');
    expect(boston.brief('2026-01-02T06:15:00.000Z', now)).toBe('2 Jan 2026');
    expect(boston.brief('2025-12-02T06:15:00.000Z', now)).toBe('2 Dec, 01:15');
  });

  it('calls the days around now by what they are in the mall, be it tomorrow or yesterday elsewhere', () => {
    const now = Date.parse('2026-01-01T03:00:00.000Z');
    expect(shanghai.brief('2026-01-01T02:15:00.000Z', now)).toBe('今天 10:15');
    expect(shanghai.brief('2026-01-01T16:15:00.000Z', now)).toBe('明天 00:15');
    expect(boston.brief('2026-01-01T02:15:00.000Z', now)).toBe('21:15 today');
    expect(boston.brief('2026-01-01T06:15:00.000Z', now)).toBe('01:15 tomorrow');
    expect(boston.brief('2025-12-31T04:15:00.000Z', now)).toBe('23:15 yesterday');
  });

  it('names the zone', () => {
    expect(boston.zone()).toContain('(America/New_York)');
    expect(shanghai.zone()).toBe('中国标准时间 (Asia/Shanghai)');
  });

  it('shows what is no instant as it is, and refuses a zone nobody knows', () => {
    expect(boston.dateTime('erased')).toBe('erased');
    expect(() => zonedTime('en-GB', 'Boston/Harbour')).toThrow(RangeError);
  });
});
