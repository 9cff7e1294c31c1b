import { z } from 'zod';
import { compareTotals, type Totals } from './command-line/compare-totals.js';
import { joinSystem } from './command-line/running-system.js';
import { table } from './command-line/table.js';
import { OperatorError, runProgram } from './operator-error.js';

const totals: z.ZodType<Totals> = z.lazy(() => z.record(z.string(), z.union([z.number(), z.string(), z.null(), totals])));
const answer = z.object({ position: z.unknown(), stores: z.record(z.string(), totals) });

await runProgram(async () => {
  if (process.argv.length > 2) throw new OperatorError('Usage: npm run reconcile', 2);
  const system = await joinSystem('auditor');
  const { stores } = answer.parse(await system.get('/api/tickets/totals'));
  if (Object.keys(stores).length < 2) throw new OperatorError('Only one store answered: there is nothing to compare');
  const { rows, differences } = compareTotals(stores);
  const verdict = differences === 0 ? 'All totals agree.' : `${differences} totals differ.`;
  process.stdout.write(`${table(rows)}\n\n${verdict}\n`);
  return differences === 0 ? 0 : 1;
});
