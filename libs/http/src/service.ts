import { ConsoleLogger, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { secureData } from './headers/security-headers.js';
import { identify, refuseOtherRoles } from './identity/identify.js';
import type { Verifier } from './identity/verifier.js';
import { countRates, type RateCounter, type RateLimits } from './limits/rate-limits.js';
import { answerUnreadable, IDLE_MS, SERVER_PATIENCE } from './limits/server-patience.js';
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
  readonly limits: RateLimits;
}

/** A service's edge as all have it: identity, problem+json, limits. It does not listen yet. */
export async function createService({ name, module, verify, limits }: ServiceOptions): Promise<NestFastifyApplication> {
  const { requestTimeout, ...http } = SERVER_PATIENCE;
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    trustProxy: (_address: string, hop: number) => hop < limits.ATRIUM_TRUSTED_PROXIES,
    // The router's own refusals come before any hook and would repeat the address.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      asData(request, reply);
      sendProblem(reply, problemFrom(error) ?? new Problem(400, 'malformed-request'));
    },
    clientErrorHandler: answerUnreadable,
    requestTimeout,
    connectionTimeout: IDLE_MS,
    http,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new ConsoleLogger({ prefix: name, logLevels: ['warn', 'error', 'fatal'], colors: false }),
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix(`api/${name}`);
  app.useGlobalFilters(new ProblemFilter());
  const fastify: FastifyInstance = adapter.getInstance();
  // First, so that refusals have them too. No plug-in of the framework: its hooks would not run for what the router refuses.
  fastify.addHook('onRequest', async (request, reply) => asData(request, reply));
  takeBodies(fastify);
  guardBodies(fastify, verify, await countRates(fastify, limits));
  return app;
}

/** Nobody may keep an answer, or make a page of it. */
function asData(request: FastifyRequest, reply: FastifyReply): void {
  secureData(request.raw, reply.raw);
  reply.raw.setHeader('cache-control', 'no-store');
}

/** What is refused before a byte of the body is read, so that nobody who may not send one makes the service hold it. */
function guardBodies(fastify: FastifyInstance, verify: Verifier, rates: RateCounter): void {
  const routes = knowRoutes(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404) {
      const methods = routes.methodsAt(request.url.split('?', 1)[0] as string);
      if (methods.length === 0) throw new Problem(404, 'not-found', 'There is nothing at this address.');
      reply.header('allow', methods.join(', '));
      throw new Problem(405, 'method-not-allowed', '`Allow` lists the methods that are possible here.');
    }
    if (request.routeOptions.config.isPublic !== true) await letPass(request, reply, verify, rates);
    refuseOtherBodies(request);
  });
}

/**
 * Whoever has a valid token passes, however many others at the same address (a mall's, or a proxy's) fail: to check a
 * signature costs less than to shut a whole desk out. Nor is a token counted that has only come to its end: its holder
 * has to hear of that. @throws Problem 401, 403, 429, 503
 */
async function letPass(request: FastifyRequest, reply: FastifyReply, verify: Verifier, rates: RateCounter): Promise<void> {
  const actor = await identify(request, verify).catch(async (error: unknown) => {
    if (error instanceof Problem && error.details.status < 500 && error.details.code !== 'token-expired') await rates.countUnknown(request, reply);
    throw error;
  });
  await rates.countKnown(request, reply);
  refuseOtherRoles(request, actor);
}
