import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../../../..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

const linksOf = (text: string): string[] => [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => file as string);

describe('the README', () => {
  it('links, under "Follow one complaint", every file that names the first event, and no other', () => {
    const section = /## Follow one complaint\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
    // Written in two halves, so that this file is not one of them.
    const event = ['Complaint', 'Registered'].join('');
    const generated = ['docs/catalogue.md', 'docs/openapi.json'];
    const found = execFileSync('git', ['grep', '-lw', '--untracked', event], { cwd: root, encoding: 'utf8' }).trim().split('\n').filter((file) => !generated.includes(file));
    expect(linksOf(section).sort()).toEqual(found.sort());
  });

  it('links only to what is there', () => {
    expect(linksOf(readme).filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
  });

  it('names only scripts that there are', () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });
});
