import { ConsoleLogger, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { identify } from './identity/identify.js';
import { RolesGuard } from './identity/roles.guard.js';
import type { Verifier } from './identity/verifier.js';
import { problemFrom } from './problem/from-error.js';
import { ProblemFilter } from './problem/problem-filter.js';
import { Problem } from './problem/problem.js';
import { sendProblem } from './problem/send-problem.js';
import { JSON_BODY_LIMIT, refuseOtherBodies, takeBodies } from './request/bodies.js';
import { knowRoutes } from './request/known-routes.js';

export interface ServiceOptions {
  /** `tickets`: routes lie under `/api/tickets`. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  readonly verify: Verifier;
}

/** A service's edge as all have it: identity, problem+json, limits. It does not listen yet. */
export async function createService({ name, module, verify }: ServiceOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    // The router's own refusals come before any hook and would repeat the address.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => sendProblem(reply, problemFrom(error) ?? new Problem(400, 'malformed-request')),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new ConsoleLogger({ prefix: name, logLevels: ['warn', 'error', 'fatal'], colors: false }),
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix(`api/${name}`);
  app.useGlobalGuards(new RolesGuard());
  app.useGlobalFilters(new ProblemFilter());
  const fastify: FastifyInstance = adapter.getInstance();
  takeBodies(fastify);
  guardBodies(fastify, verify);
  fastify.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  return app;
}

/** What is refused before a byte of the body is read, so that nobody unknown makes the service hold one. */
function guardBodies(fastify: FastifyInstance, verify: Verifier): void {
  const routes = knowRoutes(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404) {
      const methods = routes.methodsAt(request.url.split('?', 1)[0] as string);
      if (methods.length === 0) throw new Problem(404, 'not-found', 'There is nothing at this address.');
      reply.header('allow', methods.join(', '));
      throw new Problem(405, 'method-not-allowed', '`Allow` lists the methods that are possible here.');
    }
    if (request.routeOptions.config.isPublic !== true) await identify(request, verify);
    refuseOtherBodies(request);
  });
}
