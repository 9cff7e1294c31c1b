import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@atrium/kernel';
import { CurrentActor, parseInput, positionAfter, Problem, Roles } from '@atrium/http';
import { routeRoles } from '../../roles.js';
import { ApiGuarded, schemaOf } from '../../openapi.js';
import { Views } from '../../ports.js';
import { findComplaintPage } from './complaint-page.query.js';
import { presentCase, presentItem, type CaseAnswer, type ListedComplaint } from './complaints.answer.js';
import { countFacets, findComplaints } from './complaints.query.js';
import { complaintsQuery, searchText } from './complaints.search.js';

const one = z.strictObject({ after: searchText(200).optional() });

/** Lists of complaints and one complaint, from the read models. */
@Controller('complaints')
export class ComplaintViewsController {
  constructor(private readonly views: Views) {}

  @Get()
  @Roles(...routeRoles['GET /complaints'])
  @ApiOperation({ summary: 'Complaints', description: 'Open ones by due time unless the query says otherwise. `cursor` is the `next` of the page before.', operationId: 'findComplaints' })
  @ApiGuarded()
  @ApiListQuery()
  @ApiResponse({ status: 200, description: 'A page' })
  async list(@Query() input: unknown): Promise<{ items: ListedComplaint[]; total: number; next?: string; position: string | null }> {
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
  @ApiResponse({ status: 200, description: 'Values and counts' })
  async facets(@Query() input: unknown): Promise<object> {
    const query = parseInput(complaintsQuery, input, 'query');
    return this.views.read(positionAfter(query.after, 'tickets'), (dataSource) => countFacets(dataSource, query, new Date()));
  }

  @Get(':id')
  @Roles(...routeRoles['GET /complaints/:id'])
  @ApiOperation({ summary: 'One complaint with its clocks and timeline', operationId: 'getComplaint' })
  @ApiGuarded()
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string' } })
  @ApiResponse({ status: 200, description: 'The complaint; its ETag is its revision' })
  @ApiResponse({ status: 404, description: 'There is no such complaint' })
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
  const { properties = {} } = schemaOf(complaintsQuery) as { properties?: Record<string, object> };
  return (target, name, descriptor) => {
    for (const [parameter, schema] of Object.entries(properties)) {
      ApiQuery({ name: parameter, required: false, schema } as Parameters<typeof ApiQuery>[0])(target, name, descriptor);
    }
  };
}
