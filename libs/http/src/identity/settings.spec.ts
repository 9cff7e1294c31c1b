import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseEnvironment } from '../environment.js';
import { identityOptions, identitySettings } from './settings.js';

const read = (environment: NodeJS.ProcessEnv) => identityOptions(parseEnvironment(z.object(identitySettings), environment));

describe('whose tokens are taken', () => {
  it('is said by the issuer\'s address alone', () => {
    expect(read({ ATRIUM_ISSUER: 'https://id.example/realms/mall', ATRIUM_JWKS_URL: '' })).toEqual({ issuer: 'https://id.example/realms/mall', audience: 'atrium', roleClaim: 'role', clockToleranceSeconds: 30 });
  });

  it('may be an issuer without an address, where its keys have one', () => {
    expect(read({ ATRIUM_ISSUER: 'tills', ATRIUM_JWKS_URL: 'http://10.0.0.7/keys', ATRIUM_AUDIENCE: 'api', ATRIUM_ROLE_CLAIM: 'realm_access.roles', ATRIUM_CLOCK_SKEW_SECONDS: '0' }))
      .toEqual({ issuer: 'tills', jwksUrl: 'http://10.0.0.7/keys', audience: 'api', roleClaim: 'realm_access.roles', clockToleranceSeconds: 0 });
  });

  it.each<[NodeJS.ProcessEnv, RegExp]>([
    [{}, /^Bad settings: ATRIUM_ISSUER: must be set$/],
    [{ ATRIUM_ISSUER: 'tills' }, /ATRIUM_ISSUER: must be the URL of an OpenID Connect issuer/],
    [{ ATRIUM_ISSUER: 'ftp://id.example' }, /ATRIUM_ISSUER: must be the URL/],
    [{ ATRIUM_ISSUER: 'https://id.example', ATRIUM_JWKS_URL: 'file:///etc/passwd' }, /ATRIUM_JWKS_URL: must be the URL/],
    [{ ATRIUM_ISSUER: 'https://id.example', ATRIUM_CLOCK_SKEW_SECONDS: '301' }, /ATRIUM_CLOCK_SKEW_SECONDS: must be a whole number of seconds, at most 300/],
    [{ ATRIUM_ISSUER: 'https://id.example', ATRIUM_CLOCK_SKEW_SECONDS: '-1' }, /ATRIUM_CLOCK_SKEW_SECONDS/],
  ])('is told in one line where it cannot be: %j', (environment, line) => {
    expect(() => read(environment)).toThrow(line);
  });
});
