import { randomUUID } from 'node:crypto';
import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, framesOf } from '@atrium/runners';
import { problemFrom } from './from-error.js';
import { Problem } from './problem.js';
import { sendProblem } from './send-problem.js';

/** The only place that turns errors into answers. What nobody foresaw is logged under an id, and only the id is told. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getResponse<FastifyReply>(), problemFrom(error) ?? this.unforeseen(error, http.getRequest<FastifyRequest>()));
  }

  private unforeseen(error: unknown, request: FastifyRequest): Problem {
    const incident = randomUUID();
    this.logger.error(`incident ${incident} at ${request.method} ${request.routeOptions?.url ?? 'an unknown route'}: ${traceOf(error)}`);
    return new Problem(500, 'internal', `Report this incident id: ${incident}`, { incident });
  }
}

const DEEPEST_CAUSE = 5;

/** Without messages: they may quote what somebody wrote. */
function traceOf(error: unknown, depth = 0): string {
  const frames = error instanceof Error ? framesOf(error) : [];
  const cause = error instanceof Error && error.cause !== undefined && depth < DEEPEST_CAUSE ? [`caused by ${traceOf(error.cause, depth + 1)}`] : [];
  return [describeError(error), ...frames, ...cause].join('\n');
}
