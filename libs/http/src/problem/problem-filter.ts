import { randomUUID } from 'node:crypto';
import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemFrom } from './from-error.js';
import { Problem } from './problem.js';

/** The only place that turns errors into answers. What nobody foresaw is logged under an id, and only the id is told. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemFrom(error) ?? this.unforeseen(error, http.getRequest<FastifyRequest>());
    const { details, retryAfterSeconds } = problem;
    if (details.status === 401) reply.header('www-authenticate', 'Bearer');
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    reply.status(details.status).header('content-type', 'application/problem+json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(details));
  }

  private unforeseen(error: unknown, request: FastifyRequest): Problem {
    const incident = randomUUID();
    this.logger.error(`incident ${incident} at ${request.method} ${request.routeOptions?.url ?? 'an unknown route'}: ${error instanceof Error ? error.stack : String(error)}`);
    return new Problem(500, 'internal', `Report this incident id: ${incident}`, { incident });
  }
}
