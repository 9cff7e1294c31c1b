import { decodeToken, type PositionToken } from '@atrium/kernel';
import { Problem } from '../problem/problem.js';

/** The revision of `If-Match: "<revision>"`; undefined without the header or with `*`. @throws Problem 400 */
export function revisionOfIfMatch(header: string | undefined): bigint | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const [, revision] = /^\s*(?:W\/)?"?(\d{1,18})"?\s*$/.exec(header) ?? [];
  if (revision === undefined) throw new Problem(400, 'if-match-invalid', 'If-Match is the ETag of the answer you read, as "7".');
  return BigInt(revision);
}

/** The position of `after=<token>` in the log named `source`. @throws Problem 400 */
export function positionAfter(token: string | undefined, source: string): bigint | undefined {
  if (token === undefined) return undefined;
  const decoded: PositionToken | undefined = decodeToken(token);
  if (!decoded) throw new Problem(400, 'position-invalid', '`after` is an Atrium-Position as it was answered.');
  if (decoded.source !== source) throw new Problem(400, 'position-of-another-log', `This position belongs to the log of ${decoded.source}.`);
  return decoded.position;
}
