import path from 'node:path';
import { z } from 'zod';
import { identityOptions, identitySettings, InvalidEnvironment, parseEnvironment } from '@atrium/http';
import { OperatorError } from './operator-error.js';

const PORT = 'must be a whole number from 0 (any free port) to 65535';

const schema = z.object({
  ATRIUM_PORT: z.string().regex(/^\d{1,5}$/, PORT).default('3000').transform(Number).refine((port) => port <= 65_535, PORT),
  ATRIUM_DATA: z.string().refine((folder) => folder.trim() !== '' && !folder.includes('\0'), 'must be the path of a folder').default('.atrium').transform((folder) => path.resolve(folder)),
  ATRIUM_CONSOLE_CLIENT_ID: z.string().optional(),
  ATRIUM_CONSOLE_SCOPE: z.string().default('openid'),
  ATRIUM_CONSOLE: z.string().default(path.resolve(import.meta.dirname, '../console')).transform((folder) => path.resolve(folder)),
});

export interface Configuration {
  /** 0 asks for any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute; the console as built. */
  readonly consoleFolder: string;
  /** Whose tokens are taken; absent: the built-in issuer's. */
  readonly issuer?: OutsideIssuer;
}

/** An OpenID Connect issuer, and how the console signs people in there. */
export interface OutsideIssuer {
  /** As tokens name it. */
  readonly name: string;
  readonly audience: string;
  /** Absent: people bring a token of it themselves. */
  readonly console?: { readonly clientId: string; readonly scope: string };
}

/** Reads the settings; one that is set to nothing counts as not set. @throws OperatorError naming each bad one */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new OperatorError(parsed.error.issues.map(({ path: [name = ''], message }) => `${String(name)} ${message}, not "${given[String(name)]}"`).join('; '), 2);
  }
  const { ATRIUM_PORT: port, ATRIUM_DATA: dataFolder, ATRIUM_CONSOLE: consoleFolder, ATRIUM_CONSOLE_CLIENT_ID: clientId, ATRIUM_CONSOLE_SCOPE: scope } = parsed.data;
  const issuer = outsideIssuer(given, clientId === undefined ? undefined : { clientId, scope });
  return { port, dataFolder, consoleFolder, ...(issuer === undefined ? {} : { issuer }) };
}

/** As the services read it too, so that a bad setting stops the start and not a child of it. */
function outsideIssuer(environment: NodeJS.ProcessEnv, signIn: OutsideIssuer['console']): OutsideIssuer | undefined {
  if (environment['ATRIUM_ISSUER'] === undefined) {
    if (signIn !== undefined) throw new OperatorError('ATRIUM_CONSOLE_CLIENT_ID is of use with ATRIUM_ISSUER only', 2);
    return undefined;
  }
  try {
    const { issuer, audience } = identityOptions(parseEnvironment(z.object(identitySettings), environment));
    if (signIn !== undefined && !URL.canParse(issuer)) throw new OperatorError('ATRIUM_CONSOLE_CLIENT_ID needs an ATRIUM_ISSUER that is a URL', 2);
    return { name: issuer, audience, ...(signIn === undefined ? {} : { console: signIn }) };
  } catch (error) {
    if (error instanceof InvalidEnvironment) throw new OperatorError(error.message, 2, { cause: error });
    throw error;
  }
}
