import type { OutsideIssuer } from '../configuration.js';

/** How the console signs people in, before it knows who they are. */
export interface ConsoleSettings {
  /** `clientId` is null where people bring a token of that issuer themselves. */
  readonly issuer: 'built-in' | { readonly url: string; readonly clientId: string | null; readonly scope: string; readonly resource?: string };
}

export function consoleSettings(issuer: OutsideIssuer | undefined): ConsoleSettings {
  if (issuer === undefined) return { issuer: 'built-in' };
  const { name, audience, console: signIn } = issuer;
  return {
    issuer: {
      url: name,
      clientId: signIn?.clientId ?? null,
      scope: signIn?.scope ?? 'openid',
      // Only an address can be asked for as a resource (RFC 8707); other audiences are the issuer's to put in.
      ...(URL.canParse(audience) ? { resource: audience } : {}),
    },
  };
}

/** Where the console's code must be allowed to connect to. */
export const originsOf = ({ name, console: signIn }: OutsideIssuer): readonly string[] => (signIn === undefined ? [] : [new URL(name).origin]);
