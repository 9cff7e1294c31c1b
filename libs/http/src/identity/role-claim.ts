import { Problem } from '../problem/problem.js';

type Claims = Readonly<Record<string, unknown>>;

/**
 * The one role that a token carries in a claim: a text, or a list in which one known role is. The claim is a name (which
 * may hold dots, as of a URL) or a path through objects. @throws Problem 403
 */
export function roleIn(claims: Claims, roles: ReadonlySet<string>, claim = 'role'): string {
  const known = [...new Set([valueOf(claims, claim)].flat().filter((role): role is string => typeof role === 'string' && roles.has(role)))];
  const [role, ...others] = known;
  if (role === undefined) throw new Problem(403, 'role-unknown', 'The token names no role that is known here.');
  if (others.length > 0) throw new Problem(403, 'role-ambiguous', `The token names several roles, ${known.join(' and ')}: it must be one.`);
  return role;
}

function valueOf(claims: Claims, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  return claim.split('.').reduce<unknown>((holder, name) => (typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Claims)[name] : undefined), claims);
}
