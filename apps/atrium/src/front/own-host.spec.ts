import { isOwnHost } from './own-host.js';

it.each(['127.0.0.1', '127.0.0.1:3000', 'localhost:3000', 'LocalHost', '[::1]:3000', '[::1]', 'localhost:8080'])('%s is this machine', (host) => {
  expect(isOwnHost(host)).toBe(true);
});

it.each([
  undefined, '', 'evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost:3000:1', '127.0.0.2', '0.0.0.0:3000',
  'localhost@evil.example', 'localhost ', '[::1', '::1', 'localhost:port', '2130706433',
])('%s is not', (host) => {
  expect(isOwnHost(host)).toBe(false);
});
