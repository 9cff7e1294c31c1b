import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { codeOf } from '@atrium/embedded-postgres';
import { readConfiguration } from './configuration.js';
import { consoleSettings, originsOf } from './front/console-settings.js';
import { createFront } from './front/front.js';
import type { HostedService } from './host/hosted-service.js';
import { readiness } from './host/readiness.js';
import { startServices } from './host/services.js';
import { publicKeys, readIssuerKey } from './issuer/issuer-key.js';
import { OperatorError } from './operator-error.js';
import { serveSupervisor } from './supervisor/serve-supervisor.js';

/** The folder is empty where tokens of another issuer are taken. */
const settings = z.object({ ATRIUM_PORT: z.coerce.number().int(), ATRIUM_CONSOLE: z.string(), ATRIUM_ISSUER_FOLDER: z.string() });

serveSupervisor(async () => {
  const { ATRIUM_PORT: port, ATRIUM_CONSOLE: consoleFolder, ATRIUM_ISSUER_FOLDER: issuerFolder } = settings.parse(process.env);
  const { issuer } = issuerFolder === '' ? readConfiguration(process.env) : {};
  const services = await startServices(process.env);
  const report = (error: unknown): void => console.error(error);
  const front = createFront({
    services, consoleFolder, readiness: () => readiness(services, report), report,
    consoleSettings: consoleSettings(issuer),
    ...(issuer === undefined ? { jwks: builtInKeys(issuerFolder) } : { connectTo: originsOf(issuer) }),
  });
  await listen(front, port);
  return { facts: { port: (front.address() as AddressInfo).port }, stop: () => stop(front, services) };
}, (error) => error instanceof OperatorError ? error.message : undefined);

function builtInKeys(folder: string): ReturnType<typeof publicKeys> {
  const key = readIssuerKey(folder);
  if (key === undefined) throw new OperatorError(`The built-in issuer has no key in ${folder}`);
  return publicKeys(key);
}

function listen(front: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    front.once('error', (error) => reject(codeOf(error) === 'EADDRINUSE' ? new OperatorError(`Port ${port} is taken by another program`) : error));
    front.listen(port, '127.0.0.1', resolve);
  });
}

/** Requests under way get this long; a supervisor that was killed may be followed by a new one that wants the port. */
const GRACE_MS = 3_000;

async function stop(front: Server, services: readonly HostedService[]): Promise<void> {
  for (const service of services) service.endStreams();
  const closed = new Promise<void>((resolve) => front.close(() => resolve()));
  front.closeIdleConnections();
  const hurry = setTimeout(() => front.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(hurry);
  await Promise.all(services.map((service) => service.close()));
}
