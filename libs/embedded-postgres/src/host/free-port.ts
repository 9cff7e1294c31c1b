import net from 'node:net';

/** Below the range that systems hand out for outgoing connections, so that a remembered port is likely to be free again. */
const LOWEST = 20_000;
const HIGHEST = 32_767;
const ATTEMPTS = 50;

/** Whether this machine's loopback lets us listen there now. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenError(port)) === undefined;
}

/** The code of the error that listening on loopback meets, such as EADDRINUSE or EACCES; undefined when it works. */
export function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** A free loopback port, the preferred one if it is free; never one of `except`. */
export async function freePort(preferred?: number, except: readonly number[] = []): Promise<number> {
  if (preferred !== undefined && !except.includes(preferred) && await isFree(preferred)) return preferred;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (!except.includes(port) && await isFree(port)) return port;
  }
  throw new Error(`No free port found between ${LOWEST} and ${HIGHEST} on 127.0.0.1`);
}
