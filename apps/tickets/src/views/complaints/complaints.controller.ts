import { applyDecorators, Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@atrium/kernel';
import { CurrentActor, parseInput, positionAfter, Problem, Roles } from '@atrium/http';
import { routeRoles } from '../../roles.js';
import { ApiAnswer, ApiAsked, ApiComplaintId, ApiGuarded, ApiWaits, schemaOf, tags } from '../../openapi.js';
import { Views } from '../../ports.js';
import { findComplaintPage } from './complaint-page.query.js';
import { presentCase, presentItem } from './complaints.answer.js';
import { countFacets, findComplaints } from './complaints.query.js';
import { caseAnswer, complaintFacets, complaintsPage, type CaseAnswer, type ComplaintFacets } from './complaints.schema.js';
import { after, complaintsQuery } from './complaints.search.js';

const one = z.strictObject({ after });

/** Lists of complaints and one complaint, from the read models. */
@Controller('complaints')
@ApiTags(tags.queries.name)
export class ComplaintViewsController {
  constructor(private readonly views: Views) {}

  @Get()
  @Roles(...routeRoles['GET /complaints'])
  @ApiOperation({ summary: 'Complaints', description: 'Open ones by due time unless the query says otherwise. `cursor` is the `next` of the page before.', operationId: 'findComplaints' })
  @ApiGuarded()
  @ApiListQuery()
  @ApiAnswer(200, complaintsPage, 'A page')
  async list(@Query() input: unknown): Promise<z.output<typeof complaintsPage>> {
    const query = parseInput(complaintsQuery, input, 'query');
    return this.views.read(positionAfter(query.after, 'tickets'), async (dataSource) => {
      // Read before the rows, so that they hold at least this much.
      const position = this.views.position();
      const now = new Date();
      const { rows, total, next } = await findComplaints(dataSource, query, now);
      return { items: rows.map((row) => presentItem(row, now)), total, ...(next === undefined ? {} : { next }), position };
    });
  }

  @Get('facets')
  @Roles(...routeRoles['GET /complaints/facets'])
  @ApiOperation({ summary: 'What the filters can be set to, with counts', operationId: 'countComplaints' })
  @ApiGuarded()
  @ApiListQuery()
  @ApiAnswer(200, complaintFacets, 'Values and counts')
  async facets(@Query() input: unknown): Promise<ComplaintFacets> {
    const query = parseInput(complaintsQuery, input, 'query');
    return this.views.read(positionAfter(query.after, 'tickets'), (dataSource) => countFacets(dataSource, query, new Date()));
  }

  @Get(':id')
  @Roles(...routeRoles['GET /complaints/:id'])
  @ApiOperation({ summary: 'One complaint with its clocks and timeline', operationId: 'getComplaint' })
  @ApiGuarded()
  @ApiAsked()
  @ApiWaits()
  @ApiComplaintId()
  @ApiOneQuery()
  @ApiAnswer(200, caseAnswer, 'The complaint', { ETag: { description: 'Its revision; send it as `If-Match`' } })
  async get(@Param('id') id: string, @Query() input: unknown, @CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<CaseAnswer> {
    const { after } = parseInput(one, input, 'query');
    const complaintId = parseInput(z.uuid('This is no id of a complaint.'), id, 'path');
    return this.views.read(positionAfter(after, 'tickets'), async (dataSource) => {
      const position = this.views.position();
      const page = await findComplaintPage(dataSource, complaintId);
      if (!page) throw new Problem(404, 'no-such-complaint', 'There is no complaint of this id.');
      reply.header('etag', `"${page.row.revision}"`);
      return presentCase(page, actor.role, new Date(), position);
    });
  }
}

function ApiListQuery(): MethodDecorator {
  return applyDecorators(ApiAsked(), ApiWaits(), ...queryParameters(complaintsQuery));
}

function ApiOneQuery(): MethodDecorator {
  return applyDecorators(...queryParameters(one));
}

function queryParameters(query: z.ZodObject): MethodDecorator[] {
  return Object.entries((schemaOf(query).properties ?? {}) as Record<string, { readonly description?: string }>).map(([name, { description = '', ...schema }]) =>
    ApiQuery({ name, required: false, description, schema } as Parameters<typeof ApiQuery>[0]));
}
