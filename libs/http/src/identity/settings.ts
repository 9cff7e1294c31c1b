import { z } from 'zod';
import { InvalidEnvironment } from '../environment.js';

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Whose tokens are taken, for a service's schema of its environment. */
export const identitySettings = {
  /** As it stands in the tokens (`iss`). A URL leads to the keys by OpenID Connect discovery; any other name needs the setting below. */
  ATRIUM_ISSUER: z.string().min(1, 'must name the issuer of tokens'),
  /** Where the issuer's keys are (JWKS), instead of asking the issuer. */
  ATRIUM_JWKS_URL: z.string().refine(isWebAddress, "must be the URL of the issuer's keys").optional(),
  /** Must be in the tokens (`aud`). */
  ATRIUM_AUDIENCE: z.string().min(1).default('atrium'),
  /** Where the role is in a token: a claim's name, or a path such as `realm_access.roles`. */
  ATRIUM_ROLE_CLAIM: z.string().min(1).default('role'),
  /** How far the issuer's clock may be from ours. */
  ATRIUM_CLOCK_SKEW_SECONDS: z.string().regex(/^\d{1,3}$/, 'must be a whole number of seconds, at most 300').default('30').transform(Number).refine((seconds) => seconds <= 300, 'must be a whole number of seconds, at most 300'),
};

export type IdentitySettings = z.output<z.ZodObject<typeof identitySettings>>;

/** What a verifier is told, by the settings. @throws InvalidEnvironment when nothing leads to the issuer's keys */
export function identityOptions(settings: IdentitySettings) {
  const { ATRIUM_ISSUER: issuer, ATRIUM_JWKS_URL: jwksUrl } = settings;
  if (jwksUrl === undefined && !isWebAddress(issuer)) {
    throw new InvalidEnvironment('Bad settings: ATRIUM_ISSUER: must be the URL of an OpenID Connect issuer, or ATRIUM_JWKS_URL must be set to where its keys are');
  }
  return {
    issuer,
    ...(jwksUrl === undefined ? {} : { jwksUrl }),
    audience: settings.ATRIUM_AUDIENCE,
    roleClaim: settings.ATRIUM_ROLE_CLAIM,
    clockToleranceSeconds: settings.ATRIUM_CLOCK_SKEW_SECONDS,
  };
}
