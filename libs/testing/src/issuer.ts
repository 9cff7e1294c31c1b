import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

export interface TestIssuer {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** A token for a role, of one hour unless `lasts` says otherwise; `sub` is the role's name unless given. */
  token(role: string, sub?: string, lasts?: string): Promise<string>;
  /** A token of any content, signed by its key. */
  sign(claims: JWTPayload, headers?: Partial<JWTHeaderParameters>): Promise<string>;
  stop(): Promise<void>;
}

/** A real issuer on loopback, with a key of its own. */
export async function startIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...await exportJWK(publicKey), kid: 'test', alg: 'ES256' }] });
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sign = (claims: JWTPayload, headers: Partial<JWTHeaderParameters> = {}) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'test', ...headers }).sign(privateKey);
  return {
    sign,
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    issuer: 'atrium-test',
    audience: 'atrium',
    token: (role, sub = role, lasts = '1h') => new SignJWT({ role }).setProtectedHeader({ alg: 'ES256', kid: 'test' }).setSubject(sub).setIssuer('atrium-test').setAudience('atrium').setExpirationTime(lasts).sign(privateKey),
    stop: () => new Promise((resolve, reject) => (server.listening ? server.close((error) => (error ? reject(error) : resolve())) : resolve())),
  };
}
