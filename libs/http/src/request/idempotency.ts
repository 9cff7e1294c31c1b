import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';

/** Of every id that Atrium derives from something given. Never changes. */
const NAMESPACE = '5a5a6c0e-3c0c-4f0e-9d2e-8a0b7f4f1c11';

/** One key, one command: the same caller's repetition gets the same id. */
export const commandIdOf = (actor: Actor, key: string): string => uuidv5(`command\n${actor.id}\n${key}`, NAMESPACE);

/** An id for something that a command (or an event) causes, by its name within it: the same each time. */
export const derivedId = (id: string, name: string): string => uuidv5(`derived\n${id}\n${name}`, NAMESPACE);

export type RequestHasher = (...parts: readonly unknown[]) => string;

/**
 * Tells one request from another, whatever the order of its members; undefined members count as absent. Keyed, because
 * the hash is stored beside the events and what it covers may be personal: without the key nobody can try out guesses.
 */
export const createRequestHasher = (secret: Buffer): RequestHasher => {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'atrium request hash', 32)));
  return (...parts) => createHmac('sha256', key).update(canonical(parts)).digest('base64url');
};

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(member)}`;
  }
  return `{${text}}`;
}

/** 1 to 200 printable ASCII characters. @throws Problem 400 */
export function idempotencyKeyOf(header: string | readonly string[] | undefined): string {
  if (header === undefined) throw new Problem(400, 'idempotency-key-missing', 'Send an Idempotency-Key header, new for each command and the same when you repeat it.');
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw new Problem(400, 'idempotency-key-invalid', 'Idempotency-Key is one text of 1 to 200 visible ASCII characters.');
  }
  return header;
}
