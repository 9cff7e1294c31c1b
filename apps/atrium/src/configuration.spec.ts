import path from 'node:path';
import { readConfiguration } from './configuration.js';

it('has defaults, and takes a setting that is empty for one that is not given', () => {
  const expected = { port: 3000, dataFolder: path.resolve('.atrium') };
  expect(readConfiguration({})).toMatchObject(expected);
  expect(readConfiguration({ ATRIUM_PORT: '', ATRIUM_DATA: '' })).toMatchObject(expected);
});

it('takes any port there is, and a folder from where it is started', () => {
  expect(readConfiguration({ ATRIUM_PORT: '0' }).port).toBe(0);
  expect(readConfiguration({ ATRIUM_PORT: '65535' }).port).toBe(65_535);
  expect(readConfiguration({ ATRIUM_DATA: '../elsewhere' }).dataFolder).toBe(path.resolve('../elsewhere'));
});

it.each(['abc', '-1', '65536', '99999', '1e3', '80.0', ' 80', '0x50', '三千'])('refuses the port "%s" in one line that names the setting', (port) => {
  expect(() => readConfiguration({ ATRIUM_PORT: port })).toThrow(`ATRIUM_PORT must be a whole number from 0 (any free port) to 65535, not "${port}"`);
});

it('takes an issuer elsewhere, and how the console signs in there', () => {
  const issuer = 'https://id.example/realms/mall';
  expect(readConfiguration({ ATRIUM_ISSUER: '' }).issuer).toBeUndefined();
  expect(readConfiguration({ ATRIUM_ISSUER: issuer }).issuer).toEqual({ name: issuer, audience: 'atrium' });
  expect(readConfiguration({ ATRIUM_ISSUER: issuer, ATRIUM_AUDIENCE: 'https://atrium.example', ATRIUM_CONSOLE_CLIENT_ID: 'console', ATRIUM_CONSOLE_SCOPE: 'openid desk' }).issuer)
    .toEqual({ name: issuer, audience: 'https://atrium.example', console: { clientId: 'console', scope: 'openid desk' } });
});

it.each<[NodeJS.ProcessEnv, string]>([
  [{ ATRIUM_ISSUER: 'tills' }, 'ATRIUM_ISSUER: must be the URL of an OpenID Connect issuer'],
  [{ ATRIUM_ISSUER: 'https://id.example', ATRIUM_CLOCK_SKEW_SECONDS: 'some' }, 'ATRIUM_CLOCK_SKEW_SECONDS: must be a whole number'],
  [{ ATRIUM_CONSOLE_CLIENT_ID: 'console' }, 'ATRIUM_CONSOLE_CLIENT_ID is of use with ATRIUM_ISSUER only'],
  [{ ATRIUM_ISSUER: 'tills', ATRIUM_JWKS_URL: 'https://id.example/keys', ATRIUM_CONSOLE_CLIENT_ID: 'console' }, 'ATRIUM_CONSOLE_CLIENT_ID needs an ATRIUM_ISSUER that is a URL'],
])('refuses an issuer that cannot be used: %j', (environment, line) => {
  expect(() => readConfiguration(environment)).toThrow(line);
});

it('refuses a folder without a name', () => {
  expect(() => readConfiguration({ ATRIUM_DATA: '   ' })).toThrow('ATRIUM_DATA must be the path of a folder');
});
