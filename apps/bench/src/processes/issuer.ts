import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An issuer of tokens on loopback, for a service that runs alone. */
export interface Issuer {
  readonly url: string;
  readonly keysUrl: string;
  readonly audience: string;
  /** Of 12 h. */
  token(role: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' }] };
  let url = '';
  const server = createServer((request, response) => {
    const body = request.url === '/keys' ? keys : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url, keysUrl: `${url}/keys`, audience: 'atrium',
    token: (role) => new SignJWT({ role }).setProtectedHeader({ alg: 'ES256', kid: 'bench' }).setSubject('bench').setIssuer(url).setAudience('atrium').setExpirationTime('12h').sign(privateKey),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
