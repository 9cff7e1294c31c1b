import type { FastifyRequest } from 'fastify';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';
import type { Verifier } from './verifier.js';

const callers = new WeakMap<FastifyRequest, Actor>();

/** Who is calling. @throws Problem 401 on a public route */
export function actorOf(request: FastifyRequest): Actor {
  const actor = callers.get(request);
  if (!actor) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  return actor;
}

/** Finds out who is calling, once a request; {@link actorOf} knows from then on. @throws Problem 401, 403, 503 */
export async function identify(request: FastifyRequest, verify: Verifier): Promise<void> {
  const [, token] = /^Bearer +([\w.~+/=-]{1,8000})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  callers.set(request, (await verify(token)).actor);
}
