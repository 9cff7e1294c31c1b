import type { OutsideIssuer } from './configuration.js';

/** What a start says, once everything answers. */
export const startMessage = (url: string, dataFolder: string, issuer: OutsideIssuer | undefined): string => `
Atrium runs at ${url}

${signIn(issuer)}
  Try it     npm run import -- boston311 --sample
  API        ${url}/docs
  Data       ${dataFolder}

Ctrl-C stops it.
`;

function signIn(issuer: OutsideIssuer | undefined): string {
  if (issuer === undefined) {
    return `  Sign in    npm run --silent token -- supervisor
             Paste the line it prints into the sign-in page. This built-in issuer of tokens is for this machine only.`;
  }
  return issuer.console === undefined
    ? `  Sign in    with a token of ${issuer.name}, pasted into the sign-in page; set ATRIUM_CONSOLE_CLIENT_ID to sign in there instead`
    : `  Sign in    at ${issuer.name}, from the sign-in page`;
}
