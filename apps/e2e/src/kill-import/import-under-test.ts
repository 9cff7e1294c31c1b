import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { inRepository } from '../repository.js';

/** Where the system of one run lives and what it imports. */
export interface Subject {
  readonly folder: string;
  /** A file, or `--sample`. */
  readonly source: string;
  readonly limit: number;
}

export interface Stores {
  readonly log: Readonly<Record<string, unknown>>;
  readonly views: Readonly<Record<string, unknown>>;
}

const START_LIMIT_MS = 60_000;

/** Starts the system and waits for its run file; a process that ended first is an error with its words. */
export async function startSystem({ folder }: Subject): Promise<{ child: ChildProcess; url: string }> {
  const runFile = path.join(folder, 'run.json');
  fs.rmSync(runFile, { force: true });
  const child = program('apps/atrium/main.js', [], folder);
  let said = '';
  const collect = (text: Buffer) => { said = (said + text.toString()).slice(-4_000); };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const url = readUrl(runFile);
    if (url !== undefined && await answers(url)) return { child, url };
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The system did not start again:\n${said}`);
    if (Date.now() > deadline) throw new Error(`The system was not ready within ${START_LIMIT_MS / 1_000} s:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function stopSystem(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** The import as a person starts it, joining the running system. */
export const startImport = ({ folder, source, limit }: Subject, wait: boolean): ChildProcess =>
  program('apps/importer/main.js', ['boston311', source, '--limit', String(limit), ...(wait ? ['--wait'] : [])], folder);

/** @throws Error with the importer's words unless it ends with 0 */
export async function runImport(subject: Subject): Promise<void> {
  const child = startImport(subject, true);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => { said += text.toString(); });
  child.stderr?.on('data', (text: Buffer) => { said += text.toString(); });
  const [code] = await once(child, 'exit') as [number | null];
  if (code !== 0) throw new Error(`The import ended with ${code}:\n${said.slice(-4_000)}`);
}

export async function totals(url: string, { folder }: Subject): Promise<Stores> {
  const child = program('apps/atrium/token.js', ['auditor'], folder);
  let token = '';
  child.stdout?.on('data', (text: Buffer) => { token += text.toString(); });
  await once(child, 'exit');
  const answer = await fetch(`${url}/api/tickets/totals`, { headers: { authorization: `Bearer ${token.trim()}` } });
  if (!answer.ok) throw new Error(`GET /api/tickets/totals answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json() as { stores: Stores }).stores;
}

const program = (file: string, args: readonly string[], folder: string): ChildProcess =>
  spawn(process.execPath, [inRepository('dist', file), ...args], {
    cwd: inRepository(), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ATRIUM_DATA: folder, ATRIUM_PORT: '0', NODE_OPTIONS: '' },
  });

function readUrl(runFile: string): string | undefined {
  try {
    return (JSON.parse(fs.readFileSync(runFile, 'utf8')) as { url?: string }).url;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  // Refused while the host comes up; anything it answers tells.
  return fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false);
}
