import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';

/** Bytes of a JSON body. */
export const JSON_BODY_LIMIT = 256 * 1024;

/** Bytes of a body of lines of JSON. */
export const NDJSON_BODY_LIMIT = 16 * 1024 * 1024;

const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';

/** The only two kinds of body there are. Call it before routes are added. */
export function takeBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    // Decoding would put U+FFFD for what it cannot read, and that would be stored.
    if (isUtf8(body)) parseJson(request, body.toString('utf8'), done);
    else done(new Problem(400, 'malformed-request', 'The body is not UTF-8.'));
  });
  fastify.addContentTypeParser(NDJSON_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('onRoute', (route) => {
    if (route.config?.takesNdjson === true) route.bodyLimit = NDJSON_BODY_LIMIT;
  });
}

/** Before a byte of the body is read. @throws Problem 415 when the route does not take what the request says it sends */
export function refuseOtherBodies({ method, headers, routeOptions }: FastifyRequest): void {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new Problem(415, 'unsupported-media-type', 'Send the body as it is, not compressed.');
  const given = headers['content-type'];
  const taken = routeOptions.config.takesNdjson === true ? NDJSON_TYPE : JSON_TYPE;
  if (given === undefined || given === taken || method === 'GET' || method === 'HEAD') return;
  const [type = '', ...parameters] = given.toLowerCase().split(';').map((part) => part.trim());
  const isOther = type !== taken || parameters.some((parameter) => /^charset\s*=/.test(parameter) && !/^charset\s*=\s*"?utf-?8"?$/.test(parameter));
  if (isOther) throw new Problem(415, 'unsupported-media-type', `Send ${taken}, in UTF-8.`);
}
