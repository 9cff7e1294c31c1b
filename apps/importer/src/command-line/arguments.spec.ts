import { boston311 } from '../sources/boston311/boston311.js';
import { readArguments } from './arguments.js';
import { usage } from './usage.js';

const read = (line: string): unknown => readArguments(line.split(' ').filter((part) => part !== ''), '/home/me');
const order = { source: boston311, file: undefined, limit: Infinity, wait: false, summary: undefined, rejects: undefined };

describe('arguments', () => {
  it.each([
    ['boston311 data/b.zip', { ...order, file: '/home/me/data/b.zip' }],
    ['boston311 /b.csv --limit 500 --wait', { ...order, file: '/b.csv', limit: 500, wait: true }],
    ['--sample boston311 --summary s.json --rejects=r.csv', { ...order, summary: '/home/me/s.json', rejects: '/home/me/r.csv' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([['--help'], ['-h'], ['boston311 --help']])('%s asks for help', (line) => {
    expect(read(line)).toBe('help');
  });

  it.each([
    ['', 'Name a source and a file, or --help.'],
    ['atlantis b.csv', 'There is no source "atlantis". Known: boston311.'],
    ['boston311', 'Name the file for boston311, or give --sample.'],
    ['boston311 a.csv b.csv', 'One file at a time; "b.csv" is too much.'],
    ['boston311 a.csv --sample', 'Give a file or --sample, not both.'],
    ['boston311 --sample --limit 0', '--limit takes a whole number from 1, not "0".'],
    ['boston311 --sample --limit=ten', '--limit takes a whole number from 1, not "ten".'],
  ])('"%s" is refused', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });

  it('an unknown option is refused by its name', () => {
    expect(() => read('boston311 --sample --fast')).toThrow(/--fast/);
  });

  it('help names every option', () => {
    for (const option of ['--sample', '--limit', '--wait', '--summary', '--rejects', 'boston311', 'ATRIUM_DATA', 'ATRIUM_URL', 'ATRIUM_TOKEN']) expect(usage).toContain(option);
  });
});
