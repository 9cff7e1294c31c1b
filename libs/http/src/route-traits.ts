import { RouteConfig } from '@nestjs/platform-fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no token. */
    isPublic?: true;
    /** Takes lines of JSON, as bytes, and nothing else. */
    takesNdjson?: true;
  }
}

// The edge reads these from the route that Fastify matched, before it reads a body. A route has one of them at most; one
// that has none needs a token and takes JSON.

/** A method's route without a token: health and documents only. */
export const Public = (): MethodDecorator => RouteConfig({ isPublic: true });

/** A method's route that takes `application/x-ndjson` of up to {@link NDJSON_BODY_LIMIT} bytes as a Buffer. */
export const TakesNdjson = (): MethodDecorator => RouteConfig({ takesNdjson: true });
