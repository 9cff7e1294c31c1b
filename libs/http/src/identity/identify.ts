import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';
import type { Identity, Verifier } from './verifier.js';

const callers = new WeakMap<FastifyRequest, Identity>();

/** Who is calling, and until when the token says so. @throws Problem 401 on a public route */
export function identityOf(request: FastifyRequest): Identity {
  const identity = callers.get(request);
  if (!identity) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  return identity;
}

/** Who is calling. @throws Problem 401 on a public route */
export const actorOf = (request: FastifyRequest): Actor => identityOf(request).actor;

/** Who is calling. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext) => actorOf(context.switchToHttp().getRequest()));

/** Finds out who is calling, once a request; {@link actorOf} knows from then on. @throws Problem 401, 403, 503 */
export async function identify(request: FastifyRequest, verify: Verifier): Promise<Actor> {
  const [, token] = /^Bearer +([\w.~+/=-]{1,8000})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  const identity = await verify(token);
  callers.set(request, identity);
  return identity.actor;
}

/** @throws Problem 403 when the route does not name the caller's role */
export function refuseOtherRoles({ routeOptions }: FastifyRequest, { role }: Actor): void {
  if (routeOptions.config.roles?.includes(role) !== true) throw new Problem(403, 'forbidden', `The role ${role} may not do this.`);
}
