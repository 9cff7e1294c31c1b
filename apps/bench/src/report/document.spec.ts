import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rows } from '../rows/rows.js';
import { withFigures } from './document.js';

const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../../docs/performance.md'), 'utf8');

describe('docs/performance.md', () => {
  it('takes figures in the place of those that it has, and keeps its words', () => {
    const once = withFigures(page, '| new |');
    expect(withFigures(once, '| new |')).toBe(once);
    expect(once).toContain('\n\n| new |\n\n');
    expect(once.split('\n## ').length).toBe(page.split('\n## ').length);
    expect(() => withFigures('# Words', '| new |')).toThrow(/no place/);
  });

  it('explains every row', () => {
    const explained = [...page.matchAll(/^### `([\w-]+)`/gm)].map(([, name]) => name);
    expect(explained).toEqual(rows.map(({ name }) => name));
  });
});
