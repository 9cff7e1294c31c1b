import { randomUUID } from 'node:crypto';
import { codeOf } from '@atrium/embedded-postgres';
import { readConfiguration } from '../configuration.js';
import { layout } from '../data-folder/layout.js';
import { readRunFile } from '../data-folder/run-file.js';
import { signToken, type Role } from '../issuer/sign-token.js';
import { OperatorError } from '../operator-error.js';

export const NOT_RUNNING = 2;

/** The running system of a data folder, as a command-line tool calls it. */
export interface RunningSystem {
  readonly url: string;
  get(path: string): Promise<unknown>;
  post(path: string): Promise<unknown>;
}

/** Joins the system that runs on `ATRIUM_DATA`, under a role or by `ATRIUM_TOKEN`. @throws OperatorError with exit code 2 when none does */
export async function joinSystem(role: Role): Promise<RunningSystem> {
  const places = layout(readConfiguration(process.env).dataFolder);
  const notRunning = (cause?: unknown) => new OperatorError(`Atrium does not run on ${places.folder}: start it with npm start, or set ATRIUM_DATA to the folder it runs on`, NOT_RUNNING, { cause });
  const run = readAllowed(() => readRunFile(places.runFile), places.runFile);
  if (run === undefined) throw notRunning();
  const token = process.env['ATRIUM_TOKEN'] || await tokenOf(run.issuer);
  function tokenOf(issuer: string | undefined): Promise<string> {
    if (issuer === undefined) return signToken(places.issuer, role);
    throw new OperatorError(`Atrium takes tokens of ${issuer} here: give one of the role ${role} in ATRIUM_TOKEN`);
  }
  const call = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) };
    const response = await fetch(new URL(path, run.url), { method, headers }).catch((error: unknown) => { throw notRunning(error); });
    const body = await response.json().catch((): unknown => undefined);
    if (!response.ok) throw new OperatorError(`${method} ${path}: ${response.status} ${detailOf(body) ?? response.statusText}`);
    return body;
  };
  return { url: run.url, get: (path) => call('GET', path), post: (path) => call('POST', path) };
}

function readAllowed<Content>(read: () => Content, file: string): Content {
  try {
    return read();
  } catch (error) {
    if (codeOf(error) === 'EACCES') throw new OperatorError(`You may not read ${file}; it belongs to who started Atrium`, NOT_RUNNING, { cause: error });
    throw error;
  }
}

const detailOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string' ? body.detail : undefined;
