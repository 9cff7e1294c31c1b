import { describe, expect, it } from '@jest/globals';
import { durationText, messages } from '../language/language.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('durations', () => {
  it.each([
    [0, '0 s', '0 秒'],
    [999, '0 s', '0 秒'],
    [59_999, '59 s', '59 秒'],
    [61_000, '1 min 1 s', '1 分 1 秒'],
    [15 * MINUTE_MS, '15 min', '15 分'],
    [HOUR_MS + 59_000, '1 h', '1 小时'],
    [23 * HOUR_MS + 59 * MINUTE_MS, '23 h 59 min', '23 小时 59 分'],
    [3 * DAY_MS + 5 * HOUR_MS, '3 d 5 h', '3 天 5 小时'],
    [40 * DAY_MS + 5 * HOUR_MS, '40 d', '40 天'],
    [400 * DAY_MS, '1 y 34 d', '1 年 34 天'],
    [15.2 * 365.25 * DAY_MS, '15 y', '15 年'],
    [-90 * MINUTE_MS, '1 h 30 min', '1 小时 30 分'],
  ])('%d ms', (durationMs, inEnglish, inChinese) => {
    expect(durationText(messages.en, durationMs)).toBe(inEnglish);
    expect(durationText(messages.zh, durationMs)).toBe(inChinese);
  });
});
