import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { Controller, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, Problem, Roles, TakesNdjson } from '@atrium/http';
import { describeError } from '@atrium/runners';
import { tags } from '../openapi.js';
import { routeRoles } from '../roles.js';
import { ImportRows } from './import-rows.js';
import { MAX_ROWS } from './import-row.js';
import { ApiImport } from './import.openapi.js';

/** The import route: many cases in a request, each its own append, each with its own answer. */
@Controller('import')
@ApiTags(tags.import.name)
export class ImportController {
  private readonly logger = new Logger('import');

  constructor(private readonly rows: ImportRows) {}

  @Post()
  @HttpCode(200)
  @Roles(...routeRoles['POST /import'])
  @TakesNdjson()
  @ApiOperation({ summary: 'Import cases', description: `Up to ${MAX_ROWS} cases in a request, each its own append: a case is taken whole or not at all. No Idempotency-Key: the rows have keys of their own, and one that was taken before is answered as repeated.`, operationId: 'importCases' })
  @ApiImport()
  async import(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) throw new Problem(415, 'unsupported-media-type', 'Send application/x-ndjson.');
    const lines = linesOf(body);
    if (lines.length === 0) throw new Problem(400, 'invalid-body', 'There is no row in the body.');
    if (lines.length > MAX_ROWS) throw new Problem(413, 'too-large', `At most ${MAX_ROWS} rows in a request.`);
    const results = this.rows.results(lines, actorOf(request));
    // The status goes out with the first result, so that a log that is away is answered as 503 and not in the middle.
    const first = await results.next();
    reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(Readable.from(this.from(first.value as string, results)));
  }

  private async *from(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
    yield first;
    try {
      yield* rest;
    } catch (error) {
      this.logger.error(`An import's answer was cut short: ${describeError(error)}`);
      throw error;
    }
  }
}

const LINE_FEED = 0x0a;
/** What some editors write before the first line. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const BLANKS = new Set([0x20, 0x09, 0x0d]);

/**
 * The lines that are not blank, one more than is allowed at most. One that is not UTF-8 becomes an empty text, which is no
 * JSON: decoded otherwise it would hold U+FFFD for what cannot be read, and be taken.
 */
function linesOf(body: Buffer): string[] {
  const lines: string[] = [];
  for (let start = body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0; start < body.length && lines.length <= MAX_ROWS;) {
    const end = endOfLine(body, start);
    while (start < end && BLANKS.has(body[start] as number)) start += 1;
    const line = body.subarray(start, end);
    if (line.length > 0) lines.push(isUtf8(line) ? line.toString('utf8') : '');
    start = end + 1;
  }
  return lines;
}

function endOfLine(body: Buffer, from: number): number {
  const found = body.indexOf(LINE_FEED, from);
  return found === -1 ? body.length : found;
}
