import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';
import { actorOf } from '../identity/identify.js';

const requestsAMinute = (byDefault: number) =>
  z.string().regex(/^\d{1,9}$/, 'must be a whole number of requests a minute, or 0 for no limit').default(String(byDefault)).transform(Number);

/** The settings of {@link RateLimits}, for a service's schema of its environment. */
export const rateLimitSettings = {
  /** Of one person. */
  ATRIUM_RATE_LIMIT: requestsAMinute(1_200),
  /** Of one subject of the role `integration`. */
  ATRIUM_RATE_LIMIT_INTEGRATION: requestsAMinute(60_000),
  /** Of one address, without a token or with one that is not valid. */
  ATRIUM_RATE_LIMIT_UNKNOWN: requestsAMinute(300),
  /** Reverse proxies that every request comes through: the address that the first of them was called from is the caller's. */
  ATRIUM_TRUSTED_PROXIES: z.string().regex(/^[0-9]$/, 'must be the number of proxies in front, from 0 to 9').default('0').transform(Number),
};

export type RateLimits = { readonly [Setting in keyof typeof rateLimitSettings]: number };

/** Counts requests, each once: of whom we know by subject, of others by address. */
export interface RateCounter {
  /** @throws Problem 429 */
  countKnown(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** @throws Problem 429 */
  countUnknown(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const MINUTE_MS = 60_000;

/** The oldest counts make room for new ones, so that nobody fills the memory with addresses. */
const REMEMBERED = 10_000;

const INTEGRATION = 'integration';
const isIntegration = ({ role }: Actor): boolean => role === INTEGRATION;

/** Sets the library up, without limiting any route by itself. Call it before routes are added. */
export async function countRates(fastify: FastifyInstance, limits: RateLimits): Promise<RateCounter> {
  await fastify.register(rateLimit, {
    global: false,
    timeWindow: MINUTE_MS,
    cache: REMEMBERED,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { ttl }) => new Problem(429, 'too-many-requests', 'Too many requests in a minute; `Retry-After` says when to go on.', {}, { retryAfterSeconds: Math.ceil(ttl / 1_000) }),
  });
  const counter = (max: number, keyGenerator?: (request: FastifyRequest) => string) => {
    if (max === 0) return async (): Promise<void> => undefined;
    const count = fastify.rateLimit({ max, cache: REMEMBERED, ...(keyGenerator === undefined ? {} : { keyGenerator }) });
    return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => { await count.call(fastify, request, reply); };
  };
  const subject = (request: FastifyRequest): string => actorOf(request).id;
  const countPerson = counter(limits.ATRIUM_RATE_LIMIT, subject);
  const countIntegration = counter(limits.ATRIUM_RATE_LIMIT_INTEGRATION, subject);
  return {
    countKnown: (request, reply) => (isIntegration(actorOf(request)) ? countIntegration : countPerson)(request, reply),
    countUnknown: counter(limits.ATRIUM_RATE_LIMIT_UNKNOWN),
  };
}
