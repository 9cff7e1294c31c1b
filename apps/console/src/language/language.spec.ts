import { describe, expect, it } from '@jest/globals';
import { word } from './en.js';
import { chooseLanguage, messages } from './language.js';

/** Every path through the texts, so that a word present in one language only shows. */
const paths = (value: unknown, at = ''): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => paths(inner, `${at}.${name}`))
    : [at];

describe('languages', () => {
  it('say the same things', () => {
    expect([...paths(messages.zh)].sort()).toEqual([...paths(messages.en)].sort());
  });

  it('leave no text blank', () => {
    const texts = (value: unknown): readonly string[] =>
      typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
    expect([...texts(messages.en), ...texts(messages.zh)].filter((text) => text.trim() === '')).toEqual([]);
  });

  it('are chosen by what is remembered, then by what the browser prefers', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage(null, ['zh-Hant-TW', 'en'])).toBe('zh');
    expect(chooseLanguage(null, ['fr-FR', 'zh', 'en'])).toBe('zh');
    expect(chooseLanguage(null, ['en-US', 'zh'])).toBe('en');
    expect(chooseLanguage('klingon', ['fr'])).toBe('en');
    expect(chooseLanguage(null, [])).toBe('en');
  });

  it('show a code they have no word for as it is', () => {
    expect(word(messages.zh.channels, 'carrier-pigeon')).toBe('carrier-pigeon');
    expect(word(messages.zh.channels, undefined)).toBe('');
  });
});
