import { describe, expect, it } from '@jest/globals';
import { upcaster } from './upcast.js';

describe('upcaster', () => {
  const { currentVersion, toCurrent } = upcaster({
    Greeted: [
      (data) => ({ words: (data as { text: string }).text }),
      (data) => ({ ...(data as { words: string }), language: 'zh' }),
    ],
  });

  it('chains the steps from the stored version to the current one', () => {
    expect(toCurrent('Greeted', 1, { text: '您好' })).toEqual({ words: '您好', language: 'zh' });
    expect(toCurrent('Greeted', 2, { words: '您好' })).toEqual({ words: '您好', language: 'zh' });
    expect(toCurrent('Greeted', 3, { words: 'hello', language: 'en' })).toEqual({ words: 'hello', language: 'en' });
  });

  it('numbers versions from 1 and passes types without steps as they are', () => {
    expect([currentVersion('Greeted'), currentVersion('Left')]).toEqual([3, 1]);
    expect(toCurrent('Left', 1, { at: 'door 2' })).toEqual({ at: 'door 2' });
  });

  it('refuses what a newer program wrote', () => {
    expect(() => toCurrent('Greeted', 4, {})).toThrow(RangeError);
    expect(() => toCurrent('Left', 0, {})).toThrow(RangeError);
  });
});
