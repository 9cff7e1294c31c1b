import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';

/** Answers with a problem, wherever in the request's life it came up. */
export function sendProblem(reply: FastifyReply, { details, retryAfterSeconds }: Problem): void {
  if (details.status === 401) reply.header('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  reply.headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  reply.status(details.status).send(JSON.stringify(details));
}
