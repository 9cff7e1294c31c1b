import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { identityOf, parseInput, Roles } from '@atrium/http';
import { ApiAsked, ApiGuarded, problem, tags } from '../openapi.js';
import { routeRoles } from '../roles.js';
import { LiveStreams, STREAMS_OF_ONE } from './live-streams.js';

const liveQuery = z.strictObject({ complaint: z.uuid('This is no id of a complaint.').transform((id) => id.toLowerCase()).optional() });

const description = `Server-sent events, as long as the token is valid. First \`position\`: from there on, everything is told. Then \`changed\`, once lists and pages show it:
the ids of at most 100 complaints (\`more\`: others too) and a \`position\` to send as \`after\`. At most four a second; a slow reader gets them merged. A comment every 15 seconds.
\`end\` says why the stream is over: \`token-expired\`; or \`renew\`, after half an hour, and \`stopping\`: connect again. Whoever was away asks for everything anew: nothing is kept for a reader.`;

/** What changes, as it changes. */
@Controller('live')
@ApiTags(tags.live.name)
export class LiveController {
  constructor(private readonly streams: LiveStreams) {}

  @Get()
  @Roles(...routeRoles['GET /live'])
  @ApiOperation({ summary: 'Which complaints change, as they change', description, operationId: 'followComplaints' })
  @ApiGuarded()
  @ApiAsked()
  @ApiQuery({ name: 'complaint', required: false, description: 'Only this complaint', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({ status: 200, description: 'Events until one side ends them', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @problem(429, `This person has ${STREAMS_OF_ONE} streams open already`)
  follow(@Query() input: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { complaint } = parseInput(liveQuery, input, 'query');
    if (request.method === 'HEAD') return void reply.type('text/event-stream; charset=utf-8').send();
    const { actor, expiresAt } = identityOf(request);
    this.streams.open(reply, actor.id, { complaint, expiresAt });
  }
}
