import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError, reasonOf } from '../operator-error.js';

/** What `--summary FILE` holds. Rows that were read and never answered are `read` less the three counts. */
export interface Summary {
  readonly source: string;
  readonly file: string;
  /** `failed` and `interrupted` runs may be repeated: what was accepted stays, and is then counted as duplicate. */
  readonly outcome: 'complete' | 'failed' | 'interrupted';
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Of reading and sending, without `waitedSeconds` and without a start of the system. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly waitedSeconds?: number;
  readonly position?: string;
  readonly rejects?: string;
  readonly error?: string;
}

export async function writeSummary(file: string, summary: Summary): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(summary, null, 2)}\n`);
  } catch (error) {
    throw new OperatorError(`Cannot write the summary ${file}: ${reasonOf(error)}`);
  }
}

export function inWords(summary: Summary): string {
  const { read, accepted, duplicates, rejected } = summary;
  const unanswered = read - accepted - duplicates - rejected;
  const counts = [
    `${number(accepted)} accepted`,
    `${number(duplicates)} already there`,
    `${number(rejected)} rejected`,
    ...(unanswered > 0 ? [`${number(unanswered)} without an answer`] : []),
  ];
  const lines = [
    `${summary.source}: ${number(read)} rows read in ${summary.seconds} s (${number(summary.rowsPerSecond)} rows/s): ${counts.join(', ')}.`,
    ...(summary.waitedSeconds === undefined ? [] : [`All views passed the last position after another ${summary.waitedSeconds} s.`]),
    ...(summary.rejects === undefined ? [] : [`The rejected rows, with line and reason: ${summary.rejects}`]),
    ...(summary.outcome === 'complete' ? [] : ['The same command continues: what was accepted stays and is not taken twice.']),
  ];
  return lines.join('\n');
}

export const number = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Seconds with one decimal. */
export const seconds = (ms: number): number => Math.round(ms / 100) / 10;
