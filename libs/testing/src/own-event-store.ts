import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface OwnEventStore {
  readonly url: string;
  /** With the same log, at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** An event store server with an empty log, for a spec that looks at a whole category. */
export async function startOwnEventStore(): Promise<OwnEventStore> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-log-'));
  let { child, url } = await launch(folder);
  const end = async () => {
    if (child.exitCode !== null) return;
    child.send('stop');
    await once(child, 'exit');
  };
  return {
    url,
    async restart() {
      await end();
      ({ child, url } = await launch(folder, new URL(url).port));
    },
    async stop() {
      await end();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port = '0'): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(process.env.ATRIUM_TEST_EVENT_STORE_ENGINE as string, [folder, port], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [{ url }] = await once(child, 'message') as [{ url: string }];
  return { child, url };
}
