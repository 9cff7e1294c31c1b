import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcess, identify, isRunning, type ProcessIdentity } from './process-identity.js';

/** Does not end on SIGTERM, and says when it has come so far. */
const sleeper = () => spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000); console.log("up")'], { stdio: ['ignore', 'pipe', 'ignore'] });

it('knows a process from a later one with its pid', () => {
  const ours = identify(process.pid) as ProcessIdentity;
  expect(isRunning(ours)).toBe(true);
  expect(isRunning({ ...ours, birth: `${ours.birth}1` })).toBe(false);
});

it('tells processes that started at different times apart', async () => {
  const child = sleeper();
  await once(child.stdout, 'data');
  expect(identify(child.pid as number)?.birth).not.toBe(identify(process.pid)?.birth);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identify(child.pid as number)).toBeUndefined();
});

it('takes one that has ended and was not yet buried for ended', async () => {
  const child = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [output] = await once(child.stdout, 'data') as [Buffer];
  const zombie = Number(output.toString());
  expect(await endProcess({ pid: zombie, birth: identify(zombie)?.birth ?? 'ended' }, [{ signal: 'SIGTERM', waitMs: 5_000 }])).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

it('goes on to the next signal where one does not help', async () => {
  const child = sleeper();
  await once(child.stdout, 'data');
  const identity = identify(child.pid as number) as ProcessIdentity;
  const exited = once(child, 'exit');
  expect(await endProcess(identity, [{ signal: 'SIGTERM', waitMs: 100 }])).toBe(false);
  expect(await endProcess(identity, [{ signal: 'SIGTERM', waitMs: 100 }, { signal: 'SIGKILL', waitMs: 5_000 }])).toBe(true);
  expect(await exited).toEqual([null, 'SIGKILL']);
});
