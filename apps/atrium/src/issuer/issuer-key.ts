import path from 'node:path';
import { exportJWK, generateKeyPair, calculateJwkThumbprint, type JWK } from 'jose';
import { makeFolder } from '@atrium/embedded-postgres';
import { readIfThere, writePrivateFile } from '../data-folder/private-file.js';

/** ES256 and not EdDSA: Node 20 still warns that the latter is experimental. */
export const ALGORITHM = 'ES256';
export const ISSUER = 'atrium-builtin';
export const AUDIENCE = 'atrium';

/** Makes the key of the built-in issuer, the first time, and the public half that services verify tokens by. */
export async function ensureIssuerKey(folder: string): Promise<void> {
  if (readIssuerKey(folder) !== undefined) return;
  makeFolder(folder, 0o700);
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  writePrivateFile(keyFile(folder), `${JSON.stringify({ ...jwk, kid, alg: ALGORITHM, use: 'sig' })}\n`);
}

/** The private key, or undefined when the folder has none yet. */
export function readIssuerKey(folder: string): (JWK & { readonly kid: string }) | undefined {
  const text = readIfThere(keyFile(folder));
  return text === undefined ? undefined : JSON.parse(text) as JWK & { readonly kid: string };
}

/** What may be known of the key by everybody. */
export function publicKeys({ kty, crv, x, y, kid, alg, use }: JWK): { keys: JWK[] } {
  return { keys: [{ kty, crv, x, y, kid, alg, use } as JWK] };
}

const keyFile = (folder: string): string => path.join(folder, 'key.json');
