import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';

export interface VerifierOptions {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Seconds that clocks may differ. */
  readonly clockToleranceSeconds?: number;
  /** Of which `system` is never taken from a token. */
  readonly roles: readonly string[];
}

/** Who a token says is calling, and until when (epoch milliseconds). */
export interface Identity {
  readonly actor: Actor;
  readonly expiresAt: number;
}

export type Verifier = (token: string) => Promise<Identity>;

const CACHED_TOKENS = 2_000;

/**
 * How long a token that passed, and the issuer's keys, are taken as they were: a key that the issuer withdraws is of no
 * use after twice this time.
 */
const TRUSTED_MS = 5 * 60_000;

/** Of what the system does by itself; no token speaks for it. */
const SYSTEM_ROLE = 'system';

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];

/**
 * Verifies bearer tokens by the issuer's published keys. A token that passed is remembered, by its hash, for five minutes
 * at most: a signature is dear beside everything else that a request needs.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), { cooldownDuration: 5_000, timeoutDuration: 5_000, cacheMaxAge: TRUSTED_MS });
  const roles = new Set(options.roles.filter((role) => role !== SYSTEM_ROLE));
  const verified = new Map<string, { readonly identity: Identity; readonly trustedUntil: number }>();
  return async (token) => {
    const fingerprint = createHash('sha256').update(token).digest('base64');
    const known = verified.get(fingerprint);
    if (known) {
      if (known.trustedUntil > Date.now()) return known.identity;
      verified.delete(fingerprint);
    }
    const identity = identityOf(await verify(token, keys, options), roles);
    if (verified.size >= CACHED_TOKENS) verified.delete(verified.keys().next().value as string);
    verified.set(fingerprint, { identity, trustedUntil: Math.min(identity.expiresAt, Date.now() + TRUSTED_MS) });
    return identity;
  };
}

async function verify(token: string, keys: JWTVerifyGetKey, { issuer, audience, clockToleranceSeconds = 30 }: VerifierOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ALGORITHMS, clockTolerance: clockToleranceSeconds, requiredClaims: ['sub', 'exp'] });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Problem(401, 'token-expired', 'The token has expired.');
    if (isAboutTheToken(error)) throw new Problem(401, 'token-invalid', 'The token is not valid here.');
    throw new Problem(503, 'token-keys-away', "The issuer's keys cannot be read.", {}, { cause: error });
  }
}

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid || error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported || error instanceof TypeError && !('cause' in error);

function identityOf({ sub, exp, role }: JWTPayload, roles: ReadonlySet<string>): Identity {
  // The subject is stored with every event: PostgreSQL takes neither NUL nor half a surrogate pair.
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 200 || /[\p{Cc}\p{Cs}]/u.test(sub)) throw new Problem(401, 'token-invalid', 'The token names no subject that can be taken.');
  if (typeof role !== 'string' || !roles.has(role)) throw new Problem(403, 'role-unknown', 'The token names no role that is known here.');
  return { actor: { id: sub, role }, expiresAt: (exp as number) * 1_000 };
}
