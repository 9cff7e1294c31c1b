/** What a start says, once everything answers. */
export const startMessage = (url: string, dataFolder: string): string => `
Atrium runs at ${url}

  Sign in    npm run --silent token -- supervisor
             Paste the line it prints into the sign-in page. This built-in issuer of tokens is for this machine only.
  Try it     npm run import -- boston311 --sample
  API        ${url}/docs
  Data       ${dataFolder}

Ctrl-C stops it.
`;
