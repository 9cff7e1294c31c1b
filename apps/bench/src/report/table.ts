import type { Load } from '../measuring/load.js';
import type { ComparisonResult, ReportResult, RowResult } from '../measuring/row.js';
import type { Machine } from './machine.js';

export interface Taken {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly rows: readonly RowResult[];
}

const columns = ['row', 'figure', 'spread', 'goal', 'measured', 'against', 'foreign', 'steal', 'load'] as const;

/** As Markdown that is also read well as it is. */
export function table({ startedAt, seconds, quick, machine, rows }: Taken): string {
  const { processors, model, memoryGB, system, node } = machine;
  const lines = rows.flatMap((row) => (row.kind === 'comparison' ? [comparisonLine(row)] : reportLines(row)));
  const widths = columns.map((column, index) => Math.max(column.length, ...lines.map((line) => line[index]?.length ?? 0)));
  const print = (cells: readonly string[]): string => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${processors} processors (${model}), ${memoryGB} GB, ${system}, Node ${node}; taken in ${seconds} s${quick ? ', quick: a tenth of everything, no measurement' : ''}`,
    '',
    print(columns),
    print(widths.map((width) => '-'.repeat(width))),
    ...lines.map(print),
    ...(rows.some(({ disturbed }) => disturbed) ? ['', '`!` others used more than half a processor meanwhile.'] : []),
  ].join('\n');
}

function comparisonLine({ name, figure, lowest, highest, goal, whatMedian, againstMedian, unit, load, disturbed }: ComparisonResult): string[] {
  return [name, digits(figure), `${digits(lowest)}–${digits(highest)}`, goalText(figure, goal), `${number(whatMedian)} ${unit}`, `${number(againstMedian)} ${unit}`, ...loadCells(load, disturbed)];
}

/** A line a value; the load once. */
const reportLines = ({ name, values, load, disturbed }: ReportResult): string[][] =>
  values.map(({ label, value, unit }, index) => [index === 0 ? name : '', '', '', '', `${label}: ${number(value)} ${unit}`, '', ...(index === 0 ? loadCells(load, disturbed) : ['', '', ''])]);

const loadCells = ({ foreign, steal, average }: Load, disturbed: boolean): string[] =>
  [`${foreign === undefined ? '?' : digits(foreign)}${disturbed ? ' !' : ''}`, steal === undefined ? '?' : digits(steal), digits(average)];

function goalText(figure: number, goal: ComparisonResult['goal']): string {
  if (goal === undefined) return '';
  const isMet = 'atLeast' in goal ? figure >= goal.atLeast : figure <= goal.atMost;
  return `${'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`} ${isMet ? 'yes' : 'no'}`;
}

const digits = (value: number): string => value.toFixed(2);

const number = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 10 ? 2 : 1));
