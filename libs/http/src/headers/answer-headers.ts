import helmet from 'helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * For answers that are data: should a browser ever be made to show one as a page, it may load, run, frame and send
 * nothing. Strict-Transport-Security is for whoever ends TLS before us.
 */
const secure = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] } },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
  strictTransportSecurity: false,
});

/** Sets the headers of {@link secure}; nobody may keep the answer. */
export function secureAnswer({ request, raw }: FastifyReply): void {
  secure(request.raw, raw, (error) => {
    if (error) throw error;
  });
  raw.setHeader('cache-control', 'no-store');
}

/** On every answer, and first, so that refusals have them too. What the router refuses comes before any hook: that is why this is no plug-in. */
export const secureAnswers = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', async (_request, reply) => secureAnswer(reply));
};
