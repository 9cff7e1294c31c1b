import { MalformedMessage } from '../errors.js';
import type { LogRecord } from '../log/record.js';
import type { FilterOptions } from '../wire/read-request.js';

export type Filter = (record: LogRecord) => boolean;

/** Prefixes are alternatives; a regular expression is searched for anywhere in the name. Throws {@link MalformedMessage}. */
export const createFilter = ({ on, prefixes, regex }: FilterOptions): Filter => {
  const text = on === 'stream-name' ? (record: LogRecord) => record.stream : (record: LogRecord) => record.type;
  if (prefixes.length > 0) {
    return (record) => {
      const name = text(record);
      return prefixes.some((prefix) => name.startsWith(prefix));
    };
  }
  const expression = compile(regex);
  return (record) => expression.test(text(record));
};

const compile = (source: string): RegExp => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return compileLoosely(source);
  }
};

/** Escapes that only the stricter Unicode mode refuses are common in expressions written for other engines. */
const compileLoosely = (source: string): RegExp => {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new MalformedMessage(`the filter is no regular expression: ${error instanceof Error ? error.message : source}`);
  }
};
