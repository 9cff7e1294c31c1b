import path from 'node:path';
import { parseArgs } from 'node:util';
import { OperatorError, reasonOf } from '../operator-error.js';
import { sourceNamed } from '../sources/catalogue.js';
import type { Source } from '../sources/source.js';

export interface Order {
  readonly source: Source;
  /** Absolute; undefined stands for the source's own sample. */
  readonly file: string | undefined;
  /** Rows that are read at most. */
  readonly limit: number;
  readonly wait: boolean;
  readonly summary: string | undefined;
  readonly rejects: string | undefined;
}

/** @throws OperatorError that says what is wrong. Relative paths are taken from `folder`. */
export function readArguments(argv: readonly string[], folder: string): Order | 'help' {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return 'help';
  const [name, file, ...more] = positionals;
  if (name === undefined) throw new OperatorError('Name a source and a file, or --help.');
  const source = sourceNamed(name);
  if (more.length > 0) throw new OperatorError(`One file at a time; "${more.join(' ')}" is too much.`);
  if (file !== undefined && values.sample === true) throw new OperatorError('Give a file or --sample, not both.');
  if (file === undefined && values.sample !== true) throw new OperatorError(`Name the file for ${name}, or give --sample.`);
  const absolute = (given: string | undefined): string | undefined => (given === undefined ? undefined : path.resolve(folder, given));
  return {
    source,
    file: absolute(file),
    limit: limitOf(values.limit),
    wait: values.wait === true,
    summary: absolute(values.summary),
    rejects: absolute(values.rejects),
  };
}

function parsed(argv: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(argv);
  } catch (error) {
    throw new OperatorError(reasonOf(error));
  }
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      sample: { type: 'boolean' },
      limit: { type: 'string' },
      wait: { type: 'boolean' },
      summary: { type: 'string' },
      rejects: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });

function limitOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new OperatorError(`--limit takes a whole number from 1, not "${text}".`);
  return Number(text);
}
