import { OperatorError } from '../operator-error.js';
import type { Fields, FileRow, Reading, Unusable } from '../sources/source.js';
import { leavesQuoteOpen, parseRecord, parseRecords, type CsvRecord } from './csv-records.js';
import { linesOf, longestLine, type Line } from './lines.js';
import type { TextFile } from './text-file.js';

/** A quoted cell may run over this many lines; beyond them its quote counts as never closed. */
export const longestRecord = 500;

/**
 * Reads a CSV with a header in UTF-8, a chunk at a time. A broken record becomes a problem with its line and costs no
 * other: after a quote that is never closed, reading goes on at the next line. Blank lines are skipped.
 * @throws OperatorError before any row when the header lacks one of `required`.
 */
export async function readCsv(file: TextFile, required: readonly string[]): Promise<Reading> {
  let bytesRead = 0;
  const chunks = linesOf(counted(file.bytes, (bytes) => (bytesRead += bytes)));
  try {
    const first = await chunks.next();
    const [header, ...rest] = first.done === true ? [] : first.value;
    const names = headerOf(header, file.name, required);
    return { totalBytes: file.totalBytes, bytesRead: () => bytesRead, rows: rowsOf(rest, chunks, names) };
  } catch (error) {
    await chunks.return(undefined);
    throw error;
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length);
    yield chunk;
  }
}

function headerOf(line: Line | undefined, file: string, required: readonly string[]): readonly string[] {
  if (line === undefined) throw new OperatorError(`${file} is empty.`);
  if (line.fault !== undefined) throw new OperatorError(`${file} is not a CSV in UTF-8: its first line ${faults[line.fault]}.`);
  const record = parseRecord(line.text);
  if ('broken' in record) throw new OperatorError(`${file} is not a CSV: its first line ${record.broken}.`);
  const names = record.cells.map((name) => name.trim());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new OperatorError(`${file} lacks ${missing.length} of the columns it must have: ${missing.join(', ')}.`);
  }
  return names;
}

async function* rowsOf(first: readonly Line[], chunks: AsyncGenerator<readonly Line[]>, names: readonly string[]): AsyncGenerator<FileRow> {
  try {
    let { rows, rest } = assemble(first, names, false);
    yield* rows;
    for await (const chunk of chunks) {
      ({ rows, rest } = assemble([...rest, ...chunk], names, false));
      yield* rows;
    }
    yield* assemble(rest, names, true).rows;
  } finally {
    await chunks.return(undefined);
  }
}

interface Assembled {
  readonly rows: readonly FileRow[];
  /** Lines that need the next chunk. */
  readonly rest: readonly Line[];
}

function assemble(lines: readonly Line[], names: readonly string[], atEnd: boolean): Assembled {
  const rows: FileRow[] = [];
  let plain: Line[] = [];
  const flush = (): void => {
    const records = parseRecords(plain.map((line) => line.text));
    plain.forEach((line, index) => rows.push(rowOf(line.number, records[index] as CsvRecord, names)));
    plain = [];
  };

  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as Line;
    at += 1;
    if (line.fault !== undefined) {
      flush();
      rows.push(broken(line.number, `the line ${faults[line.fault]}`));
    } else if (leavesQuoteOpen(line.text)) {
      flush();
      const joined = joinQuoted(lines, at - 1, names, atEnd);
      if (joined === 'needs more') return { rows, rest: lines.slice(at - 1) };
      rows.push(joined.row);
      at += joined.further;
    } else if (line.text !== '') {
      plain.push(line);
    }
  }
  flush();
  return { rows, rest: [] };
}

/**
 * The record that starts at `start` and stays open over its end. When the lines up to the next closing quote make no
 * whole record, but one of them does so alone, only the first is broken.
 */
function joinQuoted(
  lines: readonly Line[], start: number, names: readonly string[], atEnd: boolean,
): { readonly row: FileRow; readonly further: number } | 'needs more' {
  const first = lines[start] as Line;
  const unclosed = { row: broken(first.number, 'the line has a quote that is not closed'), further: 0 };
  let text = first.text;
  for (let further = 1; further < longestRecord && text.length <= longestLine; further += 1) {
    const next = lines[start + further];
    if (next === undefined) return atEnd ? unclosed : 'needs more';
    if (next.fault !== undefined) return unclosed;
    text += `\n${next.text}`;
    if (!leavesQuoteOpen(next.text)) continue;
    const record = parseRecord(text);
    if (isWhole(record, names)) return { row: rowOf(first.number, record, names), further };
    const swallowed = lines.slice(start + 1, start + further + 1).some((line) => isWhole(parseRecord(line.text), names));
    return swallowed ? unclosed : { row: rowOf(first.number, record, names), further };
  }
  return unclosed;
}

const isWhole = (record: CsvRecord, names: readonly string[]): boolean => 'cells' in record && record.cells.length === names.length;

function rowOf(line: number, record: CsvRecord, names: readonly string[]): FileRow {
  if ('broken' in record) return broken(line, `the row ${record.broken}`);
  const { cells } = record;
  if (cells.length !== names.length) return broken(line, `the row has ${cells.length} columns, the header ${names.length}`);
  const fields: Fields = Object.fromEntries(names.map((name, index) => [name, cells[index] as string]));
  return { line, fields };
}

const faults: Readonly<{ [F in NonNullable<Line['fault']>]: string }> = {
  'not-utf8': 'is not UTF-8',
  'too-long': `is longer than ${longestLine / 1024} KiB`,
};

const broken = (line: number, detail: string): FileRow => ({ line, problem: { unusable: 'broken-row', detail } satisfies Unusable });
