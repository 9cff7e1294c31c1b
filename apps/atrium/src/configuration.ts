import path from 'node:path';
import { z } from 'zod';
import { OperatorError } from './operator-error.js';

const PORT = 'must be a whole number from 0 (any free port) to 65535';

const schema = z.object({
  ATRIUM_PORT: z.string().regex(/^\d{1,5}$/, PORT).default('3000').transform(Number).refine((port) => port <= 65_535, PORT),
  ATRIUM_DATA: z.string().refine((folder) => folder.trim() !== '' && !folder.includes('\0'), 'must be the path of a folder').default('.atrium').transform((folder) => path.resolve(folder)),
  ATRIUM_CONSOLE: z.string().default(path.resolve(import.meta.dirname, '../console')).transform((folder) => path.resolve(folder)),
});

export interface Configuration {
  /** 0 asks for any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute; the console as built. */
  readonly consoleFolder: string;
}

/** Reads the settings; one that is set to nothing counts as not set. @throws OperatorError naming each bad one */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new OperatorError(parsed.error.issues.map(({ path: [name = ''], message }) => `${String(name)} ${message}, not "${given[String(name)]}"`).join('; '), 2);
  }
  return { port: parsed.data.ATRIUM_PORT, dataFolder: parsed.data.ATRIUM_DATA, consoleFolder: parsed.data.ATRIUM_CONSOLE };
}
