import { parseArgs } from 'node:util';

export interface Order {
  readonly rows: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  /** Relative to the repository. */
  readonly json: string;
  readonly profiles: string | undefined;
  /** A page whose figures are replaced; relative to the repository. */
  readonly document: string | undefined;
}

export interface Farewell {
  readonly message: string;
  readonly exitCode: number;
}

const ROUNDS = 5;
const ROUNDS_QUICK = 2;

/** What to do, or what to say instead. */
export function readArguments(argv: readonly string[], known: readonly string[]): Order | Farewell {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { rows: { type: 'string' }, rounds: { type: 'string' }, quick: { type: 'boolean', default: false }, json: { type: 'string' }, profiles: { type: 'string' }, document: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) return { message: usage(known), exitCode: 0 };
    const rows = values.rows?.split(',') ?? known;
    const unknown = rows.filter((row) => !known.includes(row));
    if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}; there are ${known.join(', ')}.`);
    const rounds = values.rounds ?? String(values.quick ? ROUNDS_QUICK : ROUNDS);
    if (!/^[1-9]\d?$/.test(rounds)) throw new Error(`--rounds takes a whole number from 1 to 99, not "${rounds}".`);
    return { rows, rounds: Number(rounds), quick: values.quick, json: values.json ?? 'test-results/bench.json', profiles: values.profiles, document: values.document };
  } catch (error) {
    return { message: (error as Error).message, exitCode: 2 };
  }
}

const usage = (known: readonly string[]): string => `Measures what docs/performance.md explains, and prints one table.

  npm run bench [-- options]

  --rows a,b       only these: ${known.join(', ')}
  --rounds N       how often each side is measured (default ${ROUNDS})
  --quick          a tenth of everything, in two rounds and without repeats: whether it runs, not how fast
  --json FILE      where the figures go (default test-results/bench.json)
  --document FILE  put the table into a page, such as docs/performance.md
  --profiles DIR   take a CPU profile of each program that is measured, which slows it
`;
