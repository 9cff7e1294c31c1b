import path from 'node:path';
import { importJWK, SignJWT, type JWK } from 'jose';
import { OperatorError, reasonOf } from '../operator-error.js';
import { textOf } from './run-file.js';

/** A token of the built-in issuer for an integration, signed with the key that lies in the data folder; it lasts 12 h. */
export async function integrationToken(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, 'issuer', 'key.json');
  const text = await textOf(file);
  if (text === undefined) throw new OperatorError(`${file} is missing: give a token of your issuer in ATRIUM_TOKEN.`);
  try {
    const jwk = JSON.parse(text) as JWK;
    const alg = jwk.alg ?? (jwk.kty === 'OKP' ? 'EdDSA' : 'ES256');
    return await new SignJWT({ role: 'integration' })
      .setProtectedHeader({ alg, ...(jwk.kid === undefined ? {} : { kid: jwk.kid }) })
      .setSubject('importer')
      .setIssuer('atrium-builtin')
      .setAudience('atrium')
      .setIssuedAt()
      .setExpirationTime('12h')
      .sign(await importJWK(jwk, alg));
  } catch (error) {
    throw new OperatorError(`${file} holds no usable key: ${reasonOf(error)}`);
  }
}
