import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { joinSystem, type RunningSystem } from './command-line/running-system.js';
import { table } from './command-line/table.js';
import { OperatorError, runProgram } from './operator-error.js';

const runner = z.object({
  name: z.string(), kind: z.string(), state: z.string(), position: z.string(), lag: z.number().nullable(), error: z.string().nullish(),
  rebuild: z.object({ done: z.number(), total: z.number(), phase: z.string() }).nullish(),
});
type Runner = z.output<typeof runner>;

const USAGE = 'Usage: npm run projections -- status, or npm run projections -- rebuild <name>';
const POLL_MS = 500;

await runProgram(async () => {
  const [verb, name, ...rest] = process.argv.slice(2);
  if (verb === 'status' && name === undefined) return await status(await joinSystem('auditor'));
  if (verb === 'rebuild' && name !== undefined && rest.length === 0) return await rebuild(await joinSystem('supervisor'), name);
  throw new OperatorError(USAGE, 2);
});

const runners = async (system: RunningSystem): Promise<readonly Runner[]> => z.array(runner).parse(await system.get('/api/tickets/runners'));

async function status(system: RunningSystem): Promise<number> {
  const all = await runners(system);
  process.stdout.write(`${table([
    ['name', 'kind', 'state', 'position', 'lag'],
    ...all.map(({ name, kind, state, position, lag }) => [name, kind, state, position, lag === null ? '?' : String(lag)]),
  ])}\n`);
  for (const { name, error } of all) if (error) process.stdout.write(`${name}: ${error}\n`);
  return all.some(({ state }) => state === 'degraded') ? 1 : 0;
}

/** Asks for a rebuild and follows it until the new rows have replaced the old. */
async function rebuild(system: RunningSystem, name: string): Promise<number> {
  await system.post(`/api/tickets/projections/${encodeURIComponent(name)}/rebuild`);
  for (let told = ''; ; await pause(POLL_MS)) {
    const current = (await runners(system)).find((candidate) => candidate.name === name);
    if (current === undefined) throw new OperatorError(`The projection ${name} is gone`);
    if (current.state === 'degraded') throw new OperatorError(`The rebuild of ${name} has stopped: ${current.error ?? 'no reason given'}`);
    if (!current.rebuild && current.state !== 'rebuilding') {
      process.stdout.write(`${name} is rebuilt, at position ${current.position}\n`);
      return 0;
    }
    const line = current.rebuild ? `${name}: ${current.rebuild.phase}, ${current.rebuild.done} of ${current.rebuild.total} events` : `${name}: ${current.state}`;
    if (line !== told) process.stdout.write(`${line}\n`);
    told = line;
  }
}
