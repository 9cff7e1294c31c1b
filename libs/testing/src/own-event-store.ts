import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface OwnEventStore {
  readonly url: string;
  stop(): Promise<void>;
}

/** An event store server with an empty log, for a spec that looks at a whole category. */
export async function startOwnEventStore(): Promise<OwnEventStore> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-log-'));
  const child = fork(process.env.ATRIUM_TEST_EVENT_STORE_ENGINE as string, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [{ url }] = await once(child, 'message') as [{ url: string }];
  return {
    url,
    async stop() {
      if (child.exitCode === null) {
        child.send('stop');
        await once(child, 'exit');
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
