import fs from 'node:fs';
import path from 'node:path';
import { freePort, listenError } from '@atrium/embedded-postgres';
import { readConfiguration, type Configuration } from './configuration.js';
import { lockFolder } from './data-folder/folder-lock.js';
import type { Layout } from './data-folder/layout.js';
import { enginePorts } from './data-folder/ports.js';
import { prepareFolder } from './data-folder/prepare-folder.js';
import { endLeftovers, ProcessList, runningSupervisor } from './data-folder/process-list.js';
import { readRunFile, removeRunFile } from './data-folder/run-file.js';
import { ensureIssuerKey } from './issuer/issuer-key.js';
import { OperatorError, runProgram } from './operator-error.js';
import { startMessage } from './start-message.js';
import { stopRequested } from './supervisor/stop-requested.js';
import { System } from './supervisor/system.js';

await runProgram(async () => {
  const stop = stopRequested();
  const configuration = readConfiguration(process.env);
  requireConsole(configuration.consoleFolder);
  const places = prepareFolder(configuration.dataFolder);
  await takeFolder(places);
  const processes = new ProcessList(places.processes);
  try {
    await endLeftovers(places.processes);
    processes.write();
    removeRunFile(places.runFile);
    await serve(configuration, places, processes, stop);
  } finally {
    processes.clear();
  }
  return 0;
});

async function serve(configuration: Configuration, places: Layout, processes: ProcessList, stop: Promise<void>): Promise<void> {
  const frontPort = await choosePort(configuration.port);
  if (configuration.issuer === undefined) await ensureIssuerKey(places.issuer);
  const ports = await enginePorts(places.ports, frontPort);
  const url = `http://127.0.0.1:${frontPort}`;
  const report = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const system = new System({ places, processes, ports, url, frontPort, consoleFolder: configuration.consoleFolder, issuer: configuration.issuer, report });
  try {
    const started = system.start().then(() => true);
    if (await Promise.race([started, stop.then(() => false)])) {
      process.stdout.write(startMessage(url, places.folder, configuration.issuer));
      if (process.connected) process.send?.({ ready: true, url }, undefined, undefined, () => undefined);
      await stop;
    }
  } finally {
    await system.stop();
  }
}

function requireConsole(folder: string): void {
  if (fs.existsSync(path.join(folder, 'index.html'))) return;
  throw new OperatorError(`The console is not built: ${path.join(folder, 'index.html')} is missing; run npm run build`);
}

async function takeFolder(places: Layout): Promise<void> {
  const running = runningSupervisor(places.processes);
  if (running === undefined && await lockFolder(places.folder)) return;
  const url = readRunFile(places.runFile)?.url;
  const who = running === undefined ? 'another start is under way' : `pid ${running.pid}${url === undefined ? '' : `, ${url}`}`;
  throw new OperatorError(`Atrium already runs on ${places.folder} (${who})`);
}

async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return await freePort();
  const error = await listenError(wanted);
  if (error === undefined) return wanted;
  throw new OperatorError(error === 'EADDRINUSE'
    ? `Port ${wanted} is taken by another program; set ATRIUM_PORT to a free one, or to 0 for any`
    : `Atrium cannot listen on port ${wanted} (${error}); set ATRIUM_PORT to another one, or to 0 for any`);
}
