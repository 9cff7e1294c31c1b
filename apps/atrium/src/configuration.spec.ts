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

it('refuses a folder without a name', () => {
  expect(() => readConfiguration({ ATRIUM_DATA: '   ' })).toThrow('ATRIUM_DATA must be the path of a folder');
});
