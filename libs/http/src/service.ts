import { ConsoleLogger, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IdentityGuard } from './identity/identity.guard.js';
import type { Verifier } from './identity/verifier.js';
import { ProblemFilter } from './problem/problem-filter.js';

export interface ServiceOptions {
  /** `tickets`: routes lie under `/api/tickets`. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  readonly verify: Verifier;
}

/** Bytes of a JSON body; import bodies have their own limit. */
const BODY_LIMIT = 256 * 1024;
export const IMPORT_BODY_LIMIT = 16 * 1024 * 1024;

/** A service's edge as all have it: identity, problem+json, limits. It does not listen yet. */
export async function createService({ name, module, verify }: ServiceOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, routerOptions: { maxParamLength: 200 } });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new ConsoleLogger({ prefix: name, logLevels: ['warn', 'error', 'fatal'], colors: false }),
    abortOnError: false,
  });
  app.setGlobalPrefix(`api/${name}`);
  app.useGlobalGuards(new IdentityGuard(verify));
  app.useGlobalFilters(new ProblemFilter());
  app.useBodyParser('application/x-ndjson', { bodyLimit: IMPORT_BODY_LIMIT }, (_request, body, done) => done(null, body));
  adapter.getInstance().addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  return app;
}
