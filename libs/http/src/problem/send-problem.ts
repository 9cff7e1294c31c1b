import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';

/** Answers with a problem, wherever in the request's life it came up. */
export function sendProblem(reply: FastifyReply, { details, retryAfterSeconds }: Problem): void {
  if (details.status === 401) reply.header('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  reply.header('content-type', 'application/problem+json; charset=utf-8');
  reply.status(details.status).send(JSON.stringify(details));
}
