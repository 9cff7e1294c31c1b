import { createHash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';
import { FRESH_MS, IssuerAway, IssuerKeys, type IssuerAddress, type KeysHealth } from './issuer-keys.js';
import { roleIn } from './role-claim.js';

export interface VerifierOptions extends IssuerAddress {
  readonly audience: string;
  /** A claim's name, or a path with dots; `role` unless given. */
  readonly roleClaim?: string;
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

export interface Verifier {
  /** @throws Problem 401 for a token that is not valid, 403 for one without one role, 503 while the issuer's keys are not known */
  (token: string): Promise<Identity>;
  /** Whether tokens can be verified. */
  health(): Promise<KeysHealth>;
}

const CACHED_TOKENS = 2_000;

/** Of what the system does by itself; no token speaks for it. */
const SYSTEM_ROLE = 'system';

/** Signatures of the issuer alone: none that a published key could make. */
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/**
 * Verifies bearer tokens by the issuer's published keys. A token that passed is remembered, by its hash, for five minutes
 * at most (a signature is dear beside everything else that a request needs), so a key that the issuer withdraws is of no
 * use after twice that. A refusal is never remembered.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const keys = new IssuerKeys(options);
  const roles = new Set(options.roles.filter((role) => role !== SYSTEM_ROLE));
  const verified = new Map<string, { readonly identity: Identity; readonly trustedUntil: number }>();
  const verifier = async (token: string): Promise<Identity> => {
    const fingerprint = createHash('sha256').update(token).digest('base64');
    const known = verified.get(fingerprint);
    if (known) {
      if (known.trustedUntil > Date.now()) return known.identity;
      verified.delete(fingerprint);
    }
    const identity = identityOf(await verify(token, keys, options), roles, options.roleClaim);
    if (verified.size >= CACHED_TOKENS) verified.delete(verified.keys().next().value as string);
    verified.set(fingerprint, { identity, trustedUntil: Math.min(identity.expiresAt, Date.now() + FRESH_MS) });
    return identity;
  };
  return Object.assign(verifier, { health: () => keys.health() });
}

async function verify(token: string, keys: IssuerKeys, { issuer, audience, clockToleranceSeconds = 30 }: VerifierOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, { issuer, audience, algorithms: ALGORITHMS, clockTolerance: clockToleranceSeconds, requiredClaims: ['sub', 'exp'] });
    // The library compares it only with an age; a token from the future is as wrong as one that is not valid yet.
    if (payload.iat !== undefined && payload.iat * 1_000 > Date.now() + clockToleranceSeconds * 1_000) throw new Problem(401, 'token-invalid', 'The token says that it was issued in the future.');
    return payload;
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof IssuerAway) throw new Problem(503, 'token-keys-away', "The issuer's keys cannot be read.", {}, { cause: error });
    if (error instanceof errors.JWTExpired) throw new Problem(401, 'token-expired', 'The token has expired.');
    if (isAboutTheToken(error)) throw new Problem(401, 'token-invalid', 'The token is not valid here.');
    throw error;
  }
}

/** What jose finds wrong with a token, or with what its header makes of a key. */
const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError || error instanceof TypeError || (error instanceof DOMException && ['DataError', 'OperationError', 'NotSupportedError'].includes(error.name));

function identityOf(payload: JWTPayload, roles: ReadonlySet<string>, claim: string | undefined): Identity {
  const { sub, exp } = payload;
  // The subject is stored with every event: PostgreSQL takes neither NUL nor half a surrogate pair.
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 200 || /[\p{Cc}\p{Cs}]/u.test(sub)) throw new Problem(401, 'token-invalid', 'The token names no subject that can be taken.');
  return { actor: { id: sub, role: roleIn(payload, roles, claim) }, expiresAt: (exp as number) * 1_000 };
}
