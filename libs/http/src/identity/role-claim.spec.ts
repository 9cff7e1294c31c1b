import { describe, expect, it } from '@jest/globals';
import { roleIn } from './role-claim.js';

const roles = new Set(['agent', 'auditor']);

describe('the role of a token', () => {
  it.each<[string, object, string | undefined]>([
    ['a text', { role: 'agent' }, undefined],
    ['a list with others', { roles: ['offline_access', 'agent', 'uma'] }, 'roles'],
    ['a list that repeats it', { roles: ['agent', 'agent'] }, 'roles'],
    ['a path', { realm_access: { roles: ['agent'] } }, 'realm_access.roles'],
    ['a name with dots', { 'https://atrium.example/role': 'agent' }, 'https://atrium.example/role'],
  ])('is %s', (_what, claims, claim) => {
    expect(roleIn(claims as Record<string, unknown>, roles, claim)).toBe('agent');
  });

  it.each<[string, object, string]>([
    ['absent', {}, 'role'], ['unknown', { role: 'emperor' }, 'role'], ['no text', { role: 7 }, 'role'], ['null', { role: null }, 'role'], ['an empty list', { role: [] }, 'role'],
    ['an object', { role: { agent: true } }, 'role'], ['a list in a list', { role: [['agent']] }, 'role'], ['somewhere else', { realm: { roles: ['agent'] } }, 'realm_access.roles'],
    ['below a text', { realm_access: 'agent' }, 'realm_access.roles'], ['inherited', {}, 'constructor.name'], ['in other letters', { role: 'Agent' }, 'role'],
  ])('is none when it is %s', (_what, claims, claim) => {
    expect(() => roleIn(claims as Record<string, unknown>, roles, claim)).toThrow(expect.objectContaining({ details: expect.objectContaining({ status: 403, code: 'role-unknown' }) }));
  });

  it('is refused when there are several', () => {
    expect(() => roleIn({ roles: ['auditor', 'agent'] }, roles, 'roles')).toThrow(expect.objectContaining({ details: expect.objectContaining({ status: 403, code: 'role-ambiguous' }) }));
  });
});
