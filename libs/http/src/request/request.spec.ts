import { describe, expect, it } from '@jest/globals';
import { encodeToken } from '@atrium/kernel';
import { z } from 'zod';
import { Problem } from '../problem/problem.js';
import { commandIdOf, createRequestHasher, derivedId, idempotencyKeyOf } from './idempotency.js';
import { fieldErrors } from './field-errors.js';
import { parseInput } from './parse.js';
import { positionAfter, revisionOfIfMatch } from './preconditions.js';

const requestHashOf = createRequestHasher(Buffer.alloc(32, 7));
const ann = { id: 'ann', role: 'agent' };

describe('idempotency', () => {
  it('gives one caller\'s key one id, and another\'s another', () => {
    expect(commandIdOf(ann, 'k1')).toBe(commandIdOf({ ...ann, role: 'supervisor' }, 'k1'));
    expect(new Set([commandIdOf(ann, 'k1'), commandIdOf(ann, 'k2'), commandIdOf({ id: 'bob', role: 'agent' }, 'k1')]).size).toBe(3);
    expect(derivedId('a', 'x')).not.toBe(derivedId('a', 'y'));
  });

  it('never changes what it has given out', () => {
    expect([commandIdOf(ann, 'k1'), derivedId('a', 'x')]).toEqual(['a5e8bd2f-b140-533a-9693-11d21a3e326e', '77f97995-2a7e-5ba2-955c-343c13b6f936']);
  });

  it('hashes content, not its order', () => {
    expect(requestHashOf('a', { x: 1, y: [1, { b: 2, a: 1 }] })).toBe(requestHashOf('a', { y: [1, { a: 1, b: 2 }], x: 1, z: undefined }));
    const different = [requestHashOf({ x: 1 }), requestHashOf({ x: '1' }), requestHashOf({ x: [1] }), requestHashOf({ x: null }), requestHashOf({}), requestHashOf([{}]), requestHashOf('{}')];
    expect(new Set(different).size).toBe(different.length);
  });

  it('hashes with a key, so that nobody can try out guesses', () => {
    expect(createRequestHasher(Buffer.alloc(32, 8))({ phone: '13800000000' })).not.toBe(requestHashOf({ phone: '13800000000' }));
  });

  it.each([undefined, '', 'a b', 'ä', 'x'.repeat(201), ['a', 'b']])('refuses the key %p', (key) => {
    expect(() => idempotencyKeyOf(key)).toThrow(Problem);
  });
});

describe('If-Match', () => {
  it.each([[undefined, undefined], ['*', undefined], ['"7"', 7n], ['7', 7n], ['W/"7"', 7n]])('reads %p as %p', (header, revision) => {
    expect(revisionOfIfMatch(header)).toBe(revision);
  });
  it.each(['', '"-1"', '"x"', '"1", "2"', '"99999999999999999999"'])('refuses %p', (header) => {
    expect(() => revisionOfIfMatch(header)).toThrow(/ETag/);
  });
});

describe('after', () => {
  it('reads a position of its own log only', () => {
    expect(positionAfter(encodeToken({ source: 'tickets', position: 12n }), 'tickets')).toBe(12n);
    expect(positionAfter(undefined, 'tickets')).toBeUndefined();
    expect(() => positionAfter(encodeToken({ source: 'members', position: 12n }), 'tickets')).toThrow(/members/);
  });
  it.each(['', '12', 'a'.repeat(201), '!!!!', Buffer.from('tickets@x').toString('base64url'), '====', 'a'])('refuses %p', (token) => {
    expect(() => positionAfter(token, 'tickets')).toThrow(/Atrium-Position/);
  });
});

describe('parseInput', () => {
  const schema = z.strictObject({ name: z.string(), deep: z.strictObject({ n: z.int() }).optional() });
  it('names every error by a pointer and repeats no value', () => {
    try {
      parseInput(schema, { name: 1, deep: { n: 'secret' }, 'a/b': 1 }, 'body');
      throw new Error('accepted');
    } catch (error) {
      const { details } = error as { details: { errors: { path: string }[] } };
      expect(details.errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['/name', '/deep/n', '/a~1b']));
      expect(JSON.stringify(details)).not.toContain('secret');
    }
  });

  it('does not look at bytes one by one', () => {
    expect(() => parseInput(schema, Buffer.from('{}'), 'body')).toThrow(expect.objectContaining({ details: expect.objectContaining({ status: 415 }) }));
  });

  it('names no more unknown fields than anybody reads', () => {
    const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 1]));
    expect(fieldErrors(schema.safeParse(input).error as z.ZodError, input)).toHaveLength(50);
  });

  it.each<[string, z.ZodType, unknown, object]>([
    ['a field that is not there', z.string(), undefined, { code: 'required', message: 'This field is needed.' }],
    ['one of a choice that is not there', z.enum(['a']), undefined, { code: 'required', message: 'This field is needed.' }],
    ['one with words of its own that is not there', z.iso.datetime('must be a time'), undefined, { code: 'required', message: 'This field is needed.' }],
    ['another kind of value', z.string(), 1, { code: 'wrong-type' }],
    ['no value', z.string(), null, { code: 'wrong-type' }],
    ['no choice', z.enum(['a']), 'b', { code: 'not-one-of' }],
    ['too many characters', z.string().max(3), 'abcd', { code: 'too-long', limit: 3 }],
    ['too few', z.string().min(2), 'a', { code: 'too-short', limit: 2 }],
    ['too large a number', z.int().max(5), 6, { code: 'too-large', limit: 5 }],
    ['too small a one', z.int().min(0), -1, { code: 'too-small', limit: 0 }],
    ['too many of them', z.array(z.int()).max(1), [1, 2], { code: 'too-many', limit: 1 }],
    ['none', z.array(z.int()).min(1), [], { code: 'too-few', limit: 1 }],
    ['another shape', z.string().regex(/^x$/), 'y', { code: 'wrong-format' }],
    ['a rule with a code', z.string().refine(() => false, { error: 'no', params: { code: 'blank' } }), 'x', { code: 'blank', message: 'no' }],
    ['a rule without one', z.string().refine(() => false, 'no'), 'x', { code: 'not-accepted', message: 'no' }],
  ])('gives %s a code', (_name, one, value, fault) => {
    const input = value === undefined ? {} : { one: value };
    expect(fieldErrors(z.object({ one }).safeParse(input).error as z.ZodError, input)).toEqual([{ message: expect.any(String), ...fault, path: '/one' }]);
  });
});
