import { randomUUID } from 'node:crypto';
import type { Role } from '@atrium/tickets-domain';
import { altered, type Case, type Ground } from './case.fixture.js';
import { needsComplaint, needsKey, type Route } from './described-routes.fixture.js';
import type { ForgedToken } from './forged-tokens.fixture.js';

/** Of one who is nobody, somebody else, or has no business here. */
export function badCallers(ground: Ground, forged: readonly ForgedToken[]): Case[] {
  const as = (authorization: string | readonly string[] | undefined) => altered(ground, { headers: { authorization } });
  const good = ground.token(ground.route.mayCall[0] as Role);
  const unread: Readonly<Record<string, string | readonly string[] | undefined>> = {
    'no token': undefined, 'an empty header': '', 'a scheme alone': 'Bearer', 'a scheme and blanks': 'Bearer   ', 'another scheme': `Basic ${Buffer.from('a:b').toString('base64')}`, 'a token without a scheme': good,
    'two tokens': `Bearer ${good} ${good}`, 'a token in quotation marks': `Bearer "${good}"`, 'a comma': `Bearer ${good},`, 'a token of 9,000 letters': `Bearer ${'x'.repeat(9_000)}`, 'SQL': "Bearer ' OR 1=1 --", 'bytes above ASCII': 'Bearer caf\u00e9',
  };
  return [
    ...Object.entries(unread).map(([name, authorization]) => ({ name: `caller: ${name}`, sent: as(authorization), statuses: [401], code: 'unauthenticated' })),
    { name: 'caller: the token in the query', sent: altered(ground, { address: `${ground.address}?access_token=${good}`, headers: { authorization: undefined } }), statuses: [401], code: 'unauthenticated' },
    { name: 'caller: the token in a cookie', sent: altered(ground, { headers: { authorization: undefined, cookie: `token=${good}; access_token=${good}` } }), statuses: [401], code: 'unauthenticated' },
    ...forged.map(({ name, token, status, code }) => ({ name: `caller: ${name}`, sent: as(`Bearer ${token}`), statuses: [status], code })),
    ...ground.route.mayNotCall.map((role) => ({ name: `caller: ${role}`, sent: as(`Bearer ${ground.token(role)}`), statuses: [403], code: 'forbidden' })),
    ...ground.route.mayNotCall.slice(0, 1).flatMap((role) => ['x-role', 'x-user-role', 'x-forwarded-user', 'x-original-url', 'x-http-method-override'].map(
      (header) => ({ name: `caller: ${role} with ${header}`, sent: altered(ground, { headers: { authorization: `Bearer ${ground.token(role)}`, [header]: 'supervisor' } }), statuses: [403], code: 'forbidden' }))),
  ];
}

/** Idempotency-Key and If-Match, where the route has them. */
export function badPreconditions(ground: Ground): Case[] {
  const { route } = ground;
  const withHeaders = (headers: Readonly<Record<string, string | readonly string[] | undefined>>) => altered(ground, { headers });
  const keys: Readonly<Record<string, string | readonly string[]>> = {
    'nothing in it': '', 'a blank within': 'a b', 'a tab within': 'a\tb', '201 letters': 'x'.repeat(201), '4,000 letters': 'x'.repeat(4_000), 'bytes above ASCII': 'cl\u00e9', 'two of them': ['first', 'second'],
  };
  return [
    ...(needsKey(route) ? [
      { name: 'key: none', sent: withHeaders({ 'idempotency-key': undefined }), statuses: [400], code: 'idempotency-key-missing' },
      ...Object.entries(keys).map(([name, key]) => ({ name: `key: ${name}`, sent: withHeaders({ 'idempotency-key': key }), statuses: [400], code: 'idempotency-key-invalid' })),
    ] : []),
    ...(needsKey(route) && isCommand(route) ? ['x', '"x"', '"-1"', '"1.5"', '"1", "2"', '7x', '"99999999999999999999"', '""', "'7'", '*, "7"', '0x1', '\u00bd', 'W/"x"'].map(
      (value) => ({ name: `If-Match: ${value}`, sent: withHeaders({ 'if-match': value }), statuses: [400], code: 'if-match-invalid' })) : []),
    ...(needsKey(route) && needsComplaint(route) ? [
      { name: 'If-Match: a revision that there was before', sent: withHeaders({ 'if-match': '"0"' }), statuses: [412], code: 'changed-by-others' },
      { name: 'If-Match: a revision that there is not', sent: withHeaders({ 'if-match': '"4711"' }), statuses: [412], code: 'changed-by-others' },
    ] : []),
  ];
}

const isCommand = (route: Route): boolean => route.path.startsWith('/api/tickets/complaints');

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE', 'M-SEARCH'];

/** Every method that no route of the same address has. */
export function badMethods(ground: Ground, routes: readonly Route[]): Case[] {
  const known = new Set(routes.filter(({ path }) => path === ground.route.path).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  return METHODS.filter((method) => !known.has(method)).map((method) => ({ name: `method: ${method}`, sent: altered(ground, { method }), statuses: [405], code: 'method-not-allowed' }));
}

/** Addresses beside the one that there is. */
export function badAddresses(ground: Ground): Case[] {
  const { route, address } = ground;
  const values: Readonly<Record<string, readonly number[]>> = {
    'no-such-thing': [400, 404], '1': [400, 404], 'null': [400, 404], '__proto__': [400, 404], 'constructor': [400, 404], 'toString': [400, 404], '%00': [400, 404], '%0d%0aSet-Cookie:%20a=b': [400, 404], '..%2f..%2f..%2fetc%2fpasswd': [400, 404],
    '%2e%2e': [400, 404], '..;': [400, 404], '*': [400, 404], '%27%20OR%201%3D1%20--': [400, 404], '%3Cscript%3Ealert(1)%3C%2Fscript%3E': [400, 404], '%F0%9F%98%80': [400, 404], '%E2%80%AE': [400, 404], '%ff': [400], '%': [400], '%zz': [400],
    '%c0%af': [400], '%ed%a0%80': [400], ['x'.repeat(201)]: [414], ['x'.repeat(8_000)]: [414], '{5a5a6c0e-3c0c-4f0e-9d2e-8a0b7f4f1c11}': [400, 404], '5a5a6c0e3c0c4f0e9d2e8a0b7f4f1c11': [400, 404], '5a5a6c0e-3c0c-4f0e-9d2e-8a0b7f4f1c11%20': [400, 404],
    '5a5a6c0e-3c0c-4f0e-9d2e-8a0b7f4f1c11%00': [400, 404], '00000000-0000-0000-0000-000000000000': [404, 400], [randomUUID()]: [404],
  };
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([name]) => name);
  return [
    ...names.flatMap((name) => Object.entries(values).map(([value, statuses]) => ({ name: `${name}: ${value.slice(0, 60)}`, sent: altered(ground, { address: route.path.replace(name, value) }), statuses }))),
    ...[`${address}/`, `${address}/more`, address.replace('/api/', '/api//'), address.replace('/api/', '/API/'), address.replace('/tickets/', '/%2e%2e/tickets/')].map((other) => ({ name: `address: ${other}`, sent: altered(ground, { address: other }), statuses: [404, 400, 405] })),
    { name: 'address: 20,000 letters', sent: altered(ground, { address: `${address}?x=${'x'.repeat(20_000)}` }), statuses: [431], code: 'headers-too-long' },
  ];
}
