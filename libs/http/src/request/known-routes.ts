import type { FastifyInstance } from 'fastify';

/** Which methods there are at an address. */
export interface KnownRoutes {
  /** In alphabetical order; empty where there is nothing at all. `path` is without its query. */
  methodsAt(path: string): readonly string[];
}

interface KnownRoute {
  readonly steps: readonly string[];
  readonly methods: readonly string[];
}

const noted = new WeakMap<FastifyInstance, readonly KnownRoute[]>();

/** Every route there is, as `GET /api/tickets/complaints/:id`. */
export const routesOf = (fastify: FastifyInstance): readonly string[] =>
  (noted.get(fastify) ?? []).flatMap(({ steps, methods }) => methods.map((method) => `${method} ${steps.join('/')}`));

/** Fastify does not tell a wrong method from a wrong address, so its routes are noted here. Call it before they are added. */
export function knowRoutes(fastify: FastifyInstance): KnownRoutes {
  const routes: KnownRoute[] = [];
  noted.set(fastify, routes);
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ steps: url.split('/'), methods: [method].flat() });
  });
  return {
    methodsAt(path) {
      const steps = path.split('/');
      return [...new Set(routes.filter((route) => leadsTo(route, steps)).flatMap(({ methods }) => methods))].sort();
    },
  };
}

const leadsTo = (route: KnownRoute, steps: readonly string[]): boolean =>
  route.steps.length === steps.length && route.steps.every((step, index) => (step.startsWith(':') ? steps[index] !== '' : step === steps[index]));
