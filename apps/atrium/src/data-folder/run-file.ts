import fs from 'node:fs';
import { z } from 'zod';
import { readIfThere, writePrivateFile } from './private-file.js';

const pid = z.number().int().positive();

const schema = z.object({
  version: z.literal(1),
  /** The supervisor's. */
  pid,
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** Where services and console answer. */
  url: z.string(),
  /** Whose tokens it takes; absent: the built-in issuer's. */
  issuer: z.string().optional(),
  eventStore: z.object({ url: z.string(), pid }),
  /** `pid` is the postmaster's, `wrapperPid` that of the process which ends it with the supervisor. */
  postgres: z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string(), pid, wrapperPid: pid }),
  host: z.object({ pid }),
});

/** How command-line tools find the running system. */
export type RunFile = z.output<typeof schema>;

export const writeRunFile = (file: string, content: RunFile): void => writePrivateFile(file, `${JSON.stringify(content, undefined, 2)}\n`);

/** Undefined when there is none, or none that this version understands. */
export function readRunFile(file: string): RunFile | undefined {
  const text = readIfThere(file);
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
}

export const removeRunFile = (file: string): void => fs.rmSync(file, { force: true });

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
