import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { actorOf } from './identify.js';

const ROLES = 'atrium:roles';

/** Who may call a route. A route with neither this nor `@Public()` is open to nobody. */
export const Roles = (...roles: readonly string[]) => SetMetadata(ROLES, roles);

/** Who is calling. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext) => actorOf(context.switchToHttp().getRequest()));

/** Lets pass whom the route names. Who is calling was found out before the body was read. */
export class RolesGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.routeOptions.config.isPublic === true) return true;
    const { role } = actorOf(request);
    const allowed = this.reflector.getAllAndOverride<readonly string[] | undefined>(ROLES, [context.getHandler(), context.getClass()]) ?? [];
    if (!allowed.includes(role)) throw new Problem(403, 'forbidden', `The role ${role} may not do this.`);
    return true;
  }
}
