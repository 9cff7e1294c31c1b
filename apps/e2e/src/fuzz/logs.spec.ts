import { expect, it } from '@jest/globals';
import { faultsInLogs } from './logs.js';

const signed = `eyJhbGciOiJFUzI1NiJ9eyJhbGci.${'x'.repeat(40)}.${'y'.repeat(40)}`;

it.each([
  ['an error nobody foresaw', 'ERROR [http] incident 0a1b at GET /api/tickets/complaints: Error'], ['an error nobody foresaw', 'Uncaught exception'], ['a stack', '    at run (host.js:1:2)'],
  ['a token', `refused ${signed}`], ['a key', '-----BEGIN PRIVATE KEY-----'], ['what people wrote', 'duplicate key (subject)=(k4n4r1-7)'],
])('finds %s', (what, line) => {
  expect(faultsInLogs({ 'host.log': `started\n${line}\n` }, 'k4n4r1-7')).toEqual([`The log of host.log holds ${what}: ${line}`]);
});

it('finds nothing in what operators should read', () => {
  expect(faultsInLogs({ 'host.log': 'The read models do not answer; trying again in 2 s\n', 'postgres.log': '' }, 'k4n4r1-7')).toEqual([]);
});
