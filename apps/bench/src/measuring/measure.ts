import type { Workbench } from '../processes/workbench.js';
import { watchLoad, type Load } from './load.js';
import type { Comparison, ComparisonResult, Prepared, Report, ReportResult, Row, RowResult } from './row.js';
import { median } from './statistics.js';

/** Processors that others may use before a row is taken again. */
export const FOREIGN_AT_MOST = 0.5;

export interface Measuring {
  readonly rounds: number;
  readonly repeats: number;
  /** No row is taken again after this. Of `performance.now()`. */
  readonly repeatUntilMs: number;
}

export const measureRow = (row: Row, bench: Workbench, measuring: Measuring): Promise<RowResult> =>
  (row.kind === 'report' ? takeReport(row, bench, measuring) : takeComparison(row, bench, measuring));

async function takeReport(row: Report, bench: Workbench, { repeats, repeatUntilMs }: Measuring): Promise<ReportResult> {
  for (let repeated = 0; ; repeated += 1) {
    const watched = watchLoad();
    const values = await row.measure(bench);
    const load = watched();
    if (!isDisturbed(load) || repeated >= repeats || performance.now() > repeatUntilMs) {
      return { kind: 'report', name: row.name, what: row.what, values, load, disturbed: isDisturbed(load) };
    }
    await bench.clear();
  }
}

async function takeComparison(row: Comparison, bench: Workbench, measuring: Measuring): Promise<ComparisonResult> {
  const { name, what, against, unit, goal } = row;
  const prepared = await row.prepare(bench);
  // The first round of either compiles its code and fills its caches.
  await prepared.what();
  await prepared.against();
  let repeats = 0;
  let taken = await takeRounds(prepared, measuring.rounds);
  while (isDisturbed(taken.load) && repeats < measuring.repeats && performance.now() < measuring.repeatUntilMs) {
    repeats += 1;
    taken = await takeRounds(prepared, measuring.rounds);
  }
  const { rounds, load } = taken;
  const figures = rounds.map((round) => (row.figure === 'ratio' ? round.what / round.against : round.what - round.against));
  return {
    kind: 'comparison', name, what, against, unit, ...(goal === undefined ? {} : { goal }),
    figure: median(figures), lowest: Math.min(...figures), highest: Math.max(...figures),
    whatMedian: median(rounds.map((round) => round.what)), againstMedian: median(rounds.map((round) => round.against)),
    rounds, verified: await prepared.verify(), load, repeats, disturbed: isDisturbed(load),
  };
}

/** A B B A A B …, so that neither always comes first. */
async function takeRounds(prepared: Prepared, count: number): Promise<Pick<ComparisonResult, 'rounds' | 'load'>> {
  const watched = watchLoad();
  const rounds: { what: number; against: number }[] = [];
  for (let round = 0; round < count; round += 1) {
    if (round % 2 === 0) {
      const what = await prepared.what();
      rounds.push({ what, against: await prepared.against() });
    } else {
      const against = await prepared.against();
      rounds.push({ what: await prepared.what(), against });
    }
  }
  return { rounds, load: watched() };
}

const isDisturbed = ({ foreign }: Load): boolean => foreign !== undefined && foreign > FOREIGN_AT_MOST;
