import fs from 'node:fs';
import net from 'node:net';
import { codeOf } from '@atrium/embedded-postgres';

/**
 * Takes a folder for as long as this process lives, by a name in the kernel that goes with it, however it ends. Only
 * Linux has such names; elsewhere two starts in the same instant are told apart by the event store's own lock.
 * @returns whether it is ours
 */
export async function lockFolder(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { dev, ino } = fs.statSync(folder, { bigint: true });
  return new Promise((resolve, reject) => {
    const lock = net.createServer((connection) => connection.destroy());
    lock.once('error', (error) => codeOf(error) === 'EADDRINUSE' ? resolve(false) : reject(error));
    lock.listen({ path: `\0atrium-${dev}-${ino}` }, () => {
      lock.unref();
      resolve(true);
    });
  });
}
