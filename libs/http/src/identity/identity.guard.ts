import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';
import type { Verifier } from './verifier.js';

const PUBLIC = 'atrium:public';
const ROLES = 'atrium:roles';

/** A route without a token: health and documents only. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Who may call a route. A route with neither this nor {@link Public} is open to nobody. */
export const Roles = (...roles: readonly string[]) => SetMetadata(ROLES, roles);

/** Who is calling. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext) => actorOf(context.switchToHttp().getRequest()));

const callers = new WeakMap<FastifyRequest, Actor>();

export function actorOf(request: FastifyRequest): Actor {
  const actor = callers.get(request);
  if (!actor) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
  return actor;
}

export class IdentityGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly verify: Verifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, token] = /^Bearer +([\w.~+/=-]{1,8000})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw new Problem(401, 'unauthenticated', 'A bearer token is needed.');
    const { actor } = await this.verify(token);
    const allowed = this.reflector.getAllAndOverride<readonly string[] | undefined>(ROLES, targets) ?? [];
    if (!allowed.includes(actor.role)) throw new Problem(403, 'forbidden', `The role ${actor.role} may not do this.`);
    callers.set(request, actor);
    return true;
  }
}
