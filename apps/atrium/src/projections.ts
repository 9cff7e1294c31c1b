import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { joinSystem, type RunningSystem } from './command-line/running-system.js';
import { table } from './command-line/table.js';
import { OperatorError, runProgram } from './operator-error.js';

const runner = z.object({
  name: z.string(), kind: z.string(), state: z.string(), position: z.string().nullable(), lag: z.number().nullable(),
  error: z.object({ message: z.string() }).optional(),
  rebuild: z.object({ phase: z.string(), done: z.string(), total: z.string(), error: z.string().optional() }).optional(),
});
type Runner = z.output<typeof runner>;

const USAGE = 'Usage: npm run projections -- status, or npm run projections -- rebuild <name>';
const POLL_MS = 500;

const runners = async (system: RunningSystem): Promise<readonly Runner[]> => z.array(runner).parse(await system.get('/api/tickets/runners'));

async function status(system: RunningSystem): Promise<number> {
  const all = await runners(system);
  process.stdout.write(`${table([
    ['name', 'kind', 'state', 'position', 'lag'],
    ...all.map(({ name, kind, state, position, lag }) => [name, kind, state, position ?? '-', lag === null ? '-' : String(lag)]),
  ])}\n`);
  for (const { name, error } of all) if (error) process.stdout.write(`${name}: ${error.message}\n`);
  return all.some(({ state }) => state === 'degraded') ? 1 : 0;
}

const ENDED_BADLY = ['refused', 'failed'];

/** Asks for a rebuild and follows it until the new rows have replaced the old. */
async function rebuild(system: RunningSystem, name: string): Promise<number> {
  await system.post(`/api/tickets/projections/${encodeURIComponent(name)}/rebuild`);
  for (let told = ''; ; await pause(POLL_MS)) {
    const current = (await runners(system)).find((candidate) => candidate.name === name);
    if (current === undefined) throw new OperatorError(`There is no projection ${name} any more`);
    const { state, error, position, rebuild: progress } = current;
    if (progress !== undefined && ENDED_BADLY.includes(progress.phase)) throw new OperatorError(`The rebuild of ${name} was ${progress.phase}: ${progress.error ?? 'no reason given'}`);
    if (state === 'degraded') throw new OperatorError(`${name} does not follow the log: ${error?.message ?? 'no reason given'}`);
    if (progress === undefined && state !== 'rebuilding') {
      process.stdout.write(`${name} is rebuilt, at position ${position ?? '-'}\n`);
      return 0;
    }
    const line = progress === undefined ? `${name}: ${state}` : `${name}: ${progress.phase}, ${progress.done} of ${progress.total} events`;
    if (line !== told) process.stdout.write(`${line}\n`);
    told = line;
  }
}

await runProgram(async () => {
  const [verb, name, ...rest] = process.argv.slice(2);
  if (verb === 'status' && name === undefined) return await status(await joinSystem('auditor'));
  if (verb === 'rebuild' && name !== undefined && rest.length === 0) return await rebuild(await joinSystem('supervisor'), name);
  throw new OperatorError(USAGE, 2);
});
