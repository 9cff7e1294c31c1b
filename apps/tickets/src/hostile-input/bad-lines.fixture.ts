import { toJson } from './bad-values.fixture.js';
import { valuesThatDoNotFit } from './bad-bodies.fixture.js';
import { altered, type Case, type Ground } from './case.fixture.js';
import type { Schema } from './schema.fixture.js';

/** Bodies of lines that are refused as a whole. */
export function badNdjsonBodies(ground: Ground): Case[] {
  return [
    ...['', '\n\n\n', ' \t\r\n', '\ufeff'].map((body) => ({ name: `lines: ${JSON.stringify(body)}`, sent: altered(ground, { body }), statuses: [400], code: 'invalid-body' })),
    { name: 'lines: too many', sent: altered(ground, { body: '{}\n'.repeat(10_001) }), statuses: [413], code: 'too-large' },
    { name: 'lines: too large', sent: altered(ground, { body: Buffer.alloc(16 * 1024 * 1024 + 1, 0x20) }), statuses: [413], code: 'too-large' },
    ...['application/json', 'text/plain', 'application/x-ndjson; charset=gbk', 'application/x-www-form-urlencoded'].map(
      (type) => ({ name: `lines as ${type}`, sent: altered(ground, { headers: { 'content-type': type } }), statuses: [415], code: 'unsupported-media-type' })),
    { name: 'lines: of no type', sent: altered(ground, { headers: { 'content-type': undefined } }), statuses: [415], code: 'unsupported-media-type' },
    { name: 'lines: none at all', sent: altered(ground, { body: null, headers: { 'content-type': undefined } }), statuses: [415, 400] },
  ];
}

export interface BadLine {
  readonly name: string;
  readonly line: string;
}

/** Lines of which each is refused by itself, beside others that are taken. */
export function badLines(ground: Ground, schema: Schema): BadLine[] {
  const valid: unknown = JSON.parse((ground.body as string).split('\n')[0] as string);
  const unreadable = ['{', '[]', '7', 'null', '"x"', '{"key":}', '{"key":"a","key":{}}', '{"__proto__":{"key":"a"}}', `${'['.repeat(500_000)}`, `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, `{"key":"${'x'.repeat(1_000_000)}"}`];
  return [
    ...unreadable.map((line) => ({ name: line.slice(0, 40), line })),
    ...valuesThatDoNotFit(valid, schema).map(({ name, value }) => ({ name, line: toJson(value) })),
  ];
}
