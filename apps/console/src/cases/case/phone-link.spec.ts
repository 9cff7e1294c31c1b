import { describe, expect, it } from '@jest/globals';
import { ERASED } from '../../api.js';
import { phoneLink } from './phone-link.js';

describe('a phone number', () => {
  it.each([['13800000000', 'tel:13800000000'], ['+86 138-0000-0000', 'tel:+8613800000000'], ['(021) 5555.0000', 'tel:02155550000'], ['110', 'tel:110']])('%s is dialled by %s', (number, link) => {
    expect(phoneLink(number)).toBe(link);
  });

  it.each(['021-55550000 转 801', '13800000000 / 13900000000', '１３８', ERASED, '', '86+138', 'javascript:1'])('%s is a text', (number) => {
    expect(phoneLink(number)).toBeUndefined();
  });
});
