import { expect, it } from '@jest/globals';
import type { ComparisonResult, ReportResult } from '../measuring/row.js';
import { table } from './table.js';

const machine = { processors: 2, model: 'Some Processor', memoryGB: 24, system: 'Linux 6', node: 'v20' };
const comparison: ComparisonResult = {
  kind: 'comparison', name: 'import', what: '', against: '', unit: 'rows/s', goal: { atLeast: 0.6 }, figure: 0.594, lowest: 0.5, highest: 0.7, whatMedian: 1_200, againstMedian: 2_020.4,
  rounds: [], verified: '', load: { foreign: 0.04, own: 1.9, steal: 0, average: 2.5 }, repeats: 0, disturbed: false,
};
const report: ReportResult = {
  kind: 'report', name: 'start', what: '', values: [{ label: 'first', value: 5.891, unit: 's' }, { label: 'again', value: 1_204, unit: 'ms' }],
  load: { foreign: undefined, own: undefined, steal: undefined, average: 3 }, disturbed: true,
};

it('shows a line a comparison and a line a reported value, with goals, spread and load', () => {
  const text = table({ startedAt: '2026-01-02T03:04:05.678Z', seconds: 90, quick: false, machine, rows: [comparison, report] });
  const cells = text.split('\n').filter((line) => line.startsWith('|')).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
  expect(text).toContain('2026-01-02 03:04 UTC, 2 processors');
  expect(cells.slice(2)).toEqual([
    ['import', '0.59', '0.50–0.70', '≥ 0.6 no', '1,200 rows/s', '2,020 rows/s', '0.04', '0.00', '2.50'],
    ['start', '', '', '', 'first: 5.89 s', '', '? !', '?', '3.00'],
    ['', '', '', '', 'again: 1,204 ms', '', '', '', ''],
  ]);
  expect(text).toContain('`!`');
  expect(table({ startedAt: '', seconds: 1, quick: true, machine, rows: [{ ...comparison, figure: 0.6 }] })).toMatch(/quick[^]*≥ 0.6 yes/);
});
