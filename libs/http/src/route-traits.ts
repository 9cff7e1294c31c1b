import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';

declare module 'fastify' {
  /** What the edge reads from the route that Fastify matched, before it reads a body. A route that has none is open to nobody. */
  interface FastifyContextConfig {
    /** Needs no token. */
    readonly isPublic?: true;
    /** Who may call it. */
    readonly roles?: readonly string[];
    /** Takes lines of JSON, as bytes, and nothing else. */
    readonly takesNdjson?: true;
  }
}

/** Nest keeps one configuration a route, so each decorator adds to what the others have said of the method. */
const said = new WeakMap<object, FastifyContextConfig>();

const trait = (traits: FastifyContextConfig): MethodDecorator => (target, name, descriptor) => {
  const method = descriptor.value as object;
  said.set(method, { ...said.get(method), ...traits });
  RouteConfig(said.get(method))(target, name, descriptor);
};

/** A method's route without a token: health and documents only. */
export const Public = (): MethodDecorator => trait({ isPublic: true });

/** Who may call a method's route. One with neither this nor `@Public()` is open to nobody. */
export const Roles = (...roles: readonly string[]): MethodDecorator => trait({ roles });

/** A method's route that takes `application/x-ndjson` of up to {@link NDJSON_BODY_LIMIT} bytes as a Buffer. */
export const TakesNdjson = (): MethodDecorator => trait({ takesNdjson: true });
