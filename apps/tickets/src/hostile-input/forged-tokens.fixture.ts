import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import type { TestIssuer } from '@atrium/testing';

export interface ForgedToken {
  readonly name: string;
  readonly token: string;
  readonly status: 401 | 403;
  readonly code: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens of others, altered ones, and what libraries have fallen for. */
export async function forgedTokens(issuer: TestIssuer): Promise<ForgedToken[]> {
  const { privateKey: own, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = await exportJWK(publicKey);
  const good = await issuer.token('supervisor');
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const invalid = (name: string, token: string, code = 'token-invalid'): ForgedToken => ({ name, token, status: 401, code });
  const byOther = (headers: Partial<JWTHeaderParameters>, key: KeyObject = own) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'test', ...headers }).sign(key);
  const byIssuer = (changes: Readonly<Record<string, unknown>>, headers: Partial<JWTHeaderParameters> = {}) => issuer.sign({ ...claims, ...changes }, headers);
  const published = JSON.stringify((await (await fetch(issuer.jwksUrl)).json() as { keys: object[] }).keys[0]);
  const byPublishedKey = `${encode({ alg: 'HS256', kid: 'test' })}.${payload}`;
  const past = Math.floor(Date.now() / 1_000) - 3_600;
  return [
    invalid('no JSON at all', 'a.b.c'), invalid('two parts', `${header}.${payload}`), invalid('an encrypted one', `${header}.${payload}.${signature}.${payload}.${signature}`),
    ...['none', 'None', 'NONE', ''].map((alg) => invalid(`no signature, alg ${JSON.stringify(alg)}`, `${encode({ alg, kid: 'test' })}.${payload}.`)),
    invalid('no signature', `${header}.${payload}.`), invalid('another signature', `${header}.${payload}.${Buffer.alloc(64, 7).toString('base64url')}`), invalid('a signature of zeros', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`),
    invalid('an altered payload', `${header}.${encode({ ...claims, role: 'general-manager' })}.${signature}`), invalid('an altered header', `${encode({ alg: 'ES256', kid: 'test', typ: 'x' })}.${payload}.${signature}`),
    invalid('signed with the published key as a secret', `${byPublishedKey}.${createHmac('sha256', published).update(byPublishedKey).digest('base64url')}`),
    invalid('of another key under the same name', await byOther({})), invalid('of another key that it brings along', await byOther({ jwk })), invalid('of a key that it says where to find', await byOther({ jku: 'http://127.0.0.1:1/keys', kid: 'other' })),
    invalid('of a key in a file', await byOther({ kid: '../../../../dev/null' })), invalid('of a key in a table', await byOther({ kid: "x' UNION SELECT 'k" })),
    invalid('for another audience', await byIssuer({ aud: 'others' })), invalid('for no audience', await byIssuer({ aud: undefined })), invalid('of another issuer', await byIssuer({ iss: 'others' })),
    invalid('expired', await byIssuer({ exp: past }), 'token-expired'), invalid('not yet valid', await byIssuer({ nbf: past + 7_200 })), invalid('without an end', await byIssuer({ exp: undefined })), invalid('whose end is a text', await byIssuer({ exp: '4102444800' })),
    invalid('without a subject', await byIssuer({ sub: undefined })), invalid('whose subject is empty', await byIssuer({ sub: '' })), invalid('whose subject holds NUL', await byIssuer({ sub: 'a\0b' })), invalid('whose subject is 300 letters', await byIssuer({ sub: 'x'.repeat(300) })),
    ...await Promise.all(['system', 'admin', 'Supervisor', '', '__proto__', 7].map(async (role): Promise<ForgedToken> => ({
      name: `of the role ${JSON.stringify(role)}`, token: await byIssuer({ role }), status: 403, code: 'role-unknown',
    }))),
  ];
}
