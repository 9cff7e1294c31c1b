import { createHash } from 'node:crypto';
import { stat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderInUse } from '../errors.js';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Holds a folder for this process by listening on a local socket named after the folder's inode: the operating system gives it up when
 * the process ends, however it ends. Throws {@link FolderInUse}.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const address = await lockAddress(folder);
  let server = await listen(address);
  if (server === undefined && !isSelfReleasing && !(await answers(address))) {
    await unlink(address);
    server = await listen(address);
  }
  if (server === undefined) throw new FolderInUse(folder);
  const held = server.unref();
  return { release: () => new Promise((resolve) => held.close(() => resolve())) };
};

/** Abstract sockets and named pipes vanish with their process; a socket file stays and must be asked whether anyone listens. */
const isSelfReleasing = process.platform === 'linux' || process.platform === 'win32';

const lockAddress = async (folder: string): Promise<string> => {
  const { dev, ino } = await stat(folder, { bigint: true });
  const name = `atrium-event-store-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
};

/** Undefined if the address is taken. */
const listen = (address: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(server));
  });

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
