import { describe, expect, it } from '@jest/globals';
import { readArguments } from './command-line.js';

const rows = ['import', 'creation'];

describe('arguments', () => {
  it('take all rows in five rounds unless they say otherwise', () => {
    expect(readArguments([], rows)).toEqual({ rows, rounds: 5, quick: false, json: 'test-results/bench.json', profiles: undefined, document: undefined });
    expect(readArguments(['--rows', 'creation', '--rounds', '3', '--quick', '--json', 'x.json'], rows)).toEqual({ rows: ['creation'], rounds: 3, quick: true, json: 'x.json', profiles: undefined, document: undefined });
    expect(readArguments(['--quick'], rows)).toMatchObject({ rounds: 2 });
  });

  it.each([['--rows', 'speed'], ['--rounds', '0'], ['--rounds', 'x'], ['--fast'], ['import']])('refuse %s %s', (...argv) => {
    expect(readArguments(argv.filter((part) => part !== undefined), rows)).toEqual({ message: expect.any(String), exitCode: 2 });
  });

  it('explain themselves', () => {
    expect(readArguments(['-h'], rows)).toEqual({ message: expect.stringContaining('import, creation'), exitCode: 0 });
  });
});
