import { HttpException } from '@nestjs/common';
import type { Recorded } from '@atrium/kernel';
import { AppendTooLarge, ConflictNotResolved, EventStoreUnavailable, KeyReused, OutcomeUnknown, StaleRevision } from '@atrium/event-store';
import { Problem } from './problem.js';

/** What the caller is told of an error; undefined for one nobody foresaw. */
export function problemFrom(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof EventStoreUnavailable) return new Problem(503, 'event-store-away', 'The log does not answer; nothing was written. Repeat with the same key.');
  if (error instanceof OutcomeUnknown) return new Problem(503, 'outcome-unknown', 'It is not known whether this was written. Repeat with the same key; it will not be done twice.');
  if (error instanceof ConflictNotResolved) return new Problem(409, 'busy', 'Others kept changing this at the same moment. Repeat with the same key.', {}, { cause: error, retryAfterSeconds: 1 });
  if (error instanceof AppendTooLarge) return new Problem(413, 'too-large', 'This is more than the log takes at once; nothing was written. Send it in parts.', {}, { cause: error });
  if (error instanceof KeyReused) return new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used before with other content. Use a new key for a new command.');
  if (error instanceof StaleRevision) return staleRevision(error);
  const { statusCode: status, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  if (code === 'FST_ERR_BAD_URL') return new Problem(400, 'malformed-address', 'The address cannot be decoded.');
  if (error instanceof HttpException) return fromStatus(error.getStatus());
  if (typeof status === 'number' && status >= 400 && status < 500) return fromStatus(status);
  return undefined;
}

function staleRevision({ given, current, since }: StaleRevision): Problem {
  const changes = since.map(({ type, occurredAt, revision, metadata }: Recorded) => ({ type, occurredAt, revision: revision.toString(), actor: metadata.actor }));
  return new Problem(412, 'changed-by-others', `This was at revision ${given} when you read it and is at ${current} now.`, { current: current.toString(), changes });
}

const codes: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['malformed-request', 'The body is not valid JSON or does not fit its headers.'],
  401: ['unauthenticated', 'A bearer token is needed.'],
  403: ['forbidden', 'Your role does not allow this.'],
  404: ['not-found', 'There is nothing at this address.'],
  408: ['request-timeout', 'The request did not arrive in time.'],
  413: ['too-large', 'The body is larger than this route takes.'],
  414: ['uri-too-long', 'The address, or a part of it, is too long.'],
  415: ['unsupported-media-type', 'Send application/json (or application/x-ndjson to the import route).'],
};

const fromStatus = (status: number): Problem | undefined => {
  const [code, detail] = codes[status] ?? [`http-${status}`, undefined];
  return status < 500 || status === 503 ? new Problem(status, code, detail) : undefined;
};
