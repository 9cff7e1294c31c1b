import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { EventStoreStatistics } from './index.js';

const library = resolve(import.meta.dirname, '..');
const workspace = join(library, '../..');
const bundleFile = join(workspace, 'node_modules/.cache/atrium', `event-store-server-spec-${process.pid}.mjs`);

/** Bundles the server, so that it runs in a process of its own; to be called once a spec file, and `removeBundle` after. */
export const bundleServer = async (): Promise<void> => {
  // In a process of its own, because rolldown's native part does not take values from a spec's realm.
  const cli = join(workspace, 'node_modules/rolldown/bin/cli.mjs');
  const args = [join(library, 'src/index.ts'), '--file', bundleFile, '--format', 'esm', '--platform', 'node', '--external', 'lmdb', '--no-code-splitting'];
  await promisify(execFile)(process.execPath, [cli, ...args], { env: { ...process.env, NODE_OPTIONS: '' } });
};

export const removeBundle = (): Promise<void> => rm(bundleFile, { force: true });

const SCRIPT = `
  import { startEventStoreServer } from ${JSON.stringify(pathToFileURL(bundleFile).href)};
  try {
    process.on('disconnect', () => process.exit(1)); // A spec that failed leaves no server behind.
    const server = await startEventStoreServer({ folder: process.argv[1] });
    process.on('message', async (message) => {
      if (message === 'statistics') process.send(server.statistics());
      if (message === 'stop') {
        await server.stop();
        process.exit(0);
      }
    });
    process.send({ url: server.url });
  } catch (error) {
    process.stderr.write(error.name + ': ' + error.message + '\\n', () => process.exit(1));
  }
`;

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  statistics(): Promise<EventStoreStatistics>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** The server did not start: how its process ended, and what it said. */
export interface Refused {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly message: string;
}

/** Starts the server of a folder in its own process, under a tracer if one is given. */
export const startServerProcess = async (folder: string, tracer: readonly string[] = []): Promise<ServerProcess | Refused> => {
  const [command, ...args] = [...tracer, process.execPath, '--input-type=module', '-e', SCRIPT, folder];
  const child = spawn(command as string, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, NODE_OPTIONS: '' } });
  let message = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (message += text));
  const started = await Promise.race([once(child, 'message'), once(child, 'close')]);
  if (child.exitCode !== null || child.signalCode !== null) return { exitCode: child.exitCode, signal: child.signalCode, message };
  const end = async (how: () => void): Promise<void> => {
    const exited = once(child, 'exit');
    how();
    await exited;
  };
  return {
    url: (started[0] as { url: string }).url,
    child,
    statistics: async () => {
      child.send('statistics');
      return ((await once(child, 'message')) as [EventStoreStatistics])[0];
    },
    stop: () => end(() => child.send('stop')),
    kill: () => end(() => child.kill('SIGKILL')),
  };
};

export const started = (outcome: ServerProcess | Refused): ServerProcess => {
  if ('message' in outcome) throw new Error(`the server did not start: ${outcome.message}`);
  return outcome;
};
