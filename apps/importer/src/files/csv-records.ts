import { CsvError, parse } from 'csv-parse/sync';

/** The cells of one record, or why the text is none. */
export type CsvRecord = { readonly cells: readonly string[] } | { readonly broken: string };

/**
 * Parses texts of one record each. They go to the parser together, which is what makes it fast; when one of them is
 * broken, each goes alone, so that the others stay.
 */
export function parseRecords(texts: readonly string[]): CsvRecord[] {
  const together = attempt(texts.join('\n'));
  return Array.isArray(together) && together.length === texts.length
    ? together.map((cells) => ({ cells }))
    : texts.map(parseRecord);
}

export function parseRecord(text: string): CsvRecord {
  const records = attempt(text);
  if (typeof records === 'string') return { broken: records };
  const [cells] = records;
  return cells !== undefined && records.length === 1 ? { cells } : { broken: 'is not one record' };
}

/** Whether a quote is still open at the end of this text, were it the start of a record. */
export function leavesQuoteOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function attempt(text: string): string[][] | string {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: '\n' });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's own message quotes the cell, which may be personal.
    return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'has a quote that is not closed' : 'has a quote in the wrong place';
  }
}
