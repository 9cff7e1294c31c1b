/** How people sign in here, as the front says it (`/console/settings.json`). */

export interface OpenIdSettings {
  readonly url: string;
  /** Null where the console is no client of that issuer: people bring a token of it. */
  readonly clientId: string | null;
  readonly scope: string;
  /** Whom the access token is for, where the issuer wants to be asked (RFC 8707). */
  readonly resource?: string;
}

export type IssuerSettings = 'built-in' | OpenIdSettings;

/** @throws TypeError or Error while the front does not answer */
export async function loadIssuer(): Promise<IssuerSettings> {
  const response = await fetch('/console/settings.json');
  if (!response.ok) throw new Error(`The settings of the console were answered ${response.status}`);
  const { issuer } = await response.json() as { readonly issuer: IssuerSettings };
  return issuer;
}
