import { importJWK, SignJWT } from 'jose';
import { OperatorError } from '../operator-error.js';
import { ALGORITHM, AUDIENCE, ISSUER, readIssuerKey } from './issuer-key.js';

/** The roles that a person or a script can sign in with. */
export const ROLES = ['agent', 'shift-lead', 'supervisor', 'mall-management', 'general-manager', 'member-clerk', 'integration', 'auditor'] as const;
export type Role = typeof ROLES[number];

export const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);

/** A bearer token of the built-in issuer for 12 hours. Its subject is the same each time for a role, or for a name in it: two people need two names. */
export async function signToken(issuerFolder: string, role: Role, name?: string): Promise<string> {
  const key = readIssuerKey(issuerFolder);
  if (key === undefined) throw new OperatorError(`There is no issuer's key in ${issuerFolder}: start Atrium there first (npm start), or set ATRIUM_DATA to the folder it runs on`);
  return new SignJWT({ role })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
    .setIssuer(ISSUER).setAudience(AUDIENCE).setSubject(name === undefined ? `builtin-${role}` : `builtin-${role}-${name}`)
    .setIssuedAt().setExpirationTime('12h')
    .sign(await importJWK(key, ALGORITHM));
}
