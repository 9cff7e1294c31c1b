import { expect, it } from '@jest/globals';
import { copyLine } from './copy-text.js';

it('writes a row as COPY reads it', () => {
  expect(copyLine(['a\tb', 7, null, undefined, new Date(0), ['x\ny', 'c:\\d']])).toBe('a\\tb\t7\t\\N\t\\N\t1970-01-01T00:00:00.000Z\t["x\\\\ny","c:\\\\\\\\d"]\n');
});
