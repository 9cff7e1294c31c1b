import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { EventStore } from '@atrium/event-store';
import { AlreadyRebuilding, isTransient, ProjectionRunner, RunnerNotActive, type ProjectionStatus, type RunnerStatus } from '@atrium/runners';
import { idempotencyKeyOf, Problem, Roles } from '@atrium/http';
import { ApiAnswer, ApiGuarded, ApiIdempotencyKey, ApiTakesBody, problem, tags } from '../openapi.js';
import { RecordBreachWhenClockDue } from '../reactions/when-clock-due/record-breach.js';
import { routeRoles } from '../roles.js';
import { rebuildAnswer, runnersAnswer, type RunnerAnswer } from './runners.schema.js';
import type { z } from 'zod';

/** What follows the log here, how far it is, and why it does not get on. */
@Controller()
@ApiTags(tags.system.name)
export class RunnersController {
  constructor(private readonly runner: ProjectionRunner, private readonly scheduler: RecordBreachWhenClockDue, private readonly store: EventStore) {}

  @Get('runners')
  @Roles(...routeRoles['GET /runners'])
  @ApiOperation({ summary: 'State of what follows the log', operationId: 'getRunners' })
  @ApiGuarded()
  @ApiAnswer(200, runnersAnswer, 'One entry a projection and reaction')
  async list(): Promise<z.output<typeof runnersAnswer>> {
    // In this order, so that nobody is ahead of the end.
    const status = this.runner.status();
    const logEnd = await this.store.lastPosition() ?? -1n;
    const { error } = this.scheduler;
    return [
      ...status.projections.map((projection) => presentProjection(projection, status, logEnd)),
      { name: 'when-clock-due', kind: 'reaction', state: error === undefined ? 'running' : 'degraded', position: null, logEnd: logEnd.toString(), lag: null, ...(error === undefined ? {} : { error: { message: error } }) },
    ];
  }

  @Post('projections/:name/rebuild')
  @HttpCode(202)
  @Roles(...routeRoles['POST /projections/:name/rebuild'])
  @ApiOperation({ summary: 'Rebuild a read model beside the one that serves', description: 'The key is not remembered: a second request is refused while the first is under way, and begins another one afterwards.', operationId: 'rebuildProjection' })
  @ApiGuarded()
  @ApiIdempotencyKey('Any; it is not remembered')
  @ApiParam({ name: 'name', description: 'Of the projection, as GET /runners names it', schema: { type: 'string' } })
  @ApiTakesBody('application/json', '256 KiB')
  @ApiAnswer(202, rebuildAnswer, 'It has begun; see GET /runners for its progress')
  @problem(404, 'There is no such projection')
  @problem(409, 'It is being rebuilt already')
  @problem(414, 'The name is longer than any')
  async rebuild(@Param('name') name: string, @Req() request: FastifyRequest): Promise<z.output<typeof rebuildAnswer>> {
    idempotencyKeyOf(request.headers['idempotency-key']);
    try {
      return await this.runner.rebuild(name);
    } catch (error) {
      if (error instanceof RangeError) throw new Problem(404, 'no-such-projection', 'There is no projection of this name.');
      if (error instanceof AlreadyRebuilding) throw new Problem(409, 'already-rebuilding', 'This projection is being rebuilt already.');
      if (error instanceof RunnerNotActive || isTransient(error)) throw new Problem(503, 'runner-away', 'Nothing follows the log here at the moment.', {}, { cause: error });
      throw error;
    }
  }
}

function presentProjection({ name, version, position, rebuild }: ProjectionStatus, { state, error }: RunnerStatus, logEnd: bigint): RunnerAnswer {
  return {
    name,
    version,
    kind: 'projection',
    state: rebuild && rebuild.phase !== 'refused' && rebuild.phase !== 'failed' ? 'rebuilding' : state === 'rebuilding' ? 'running' : state,
    position: position?.toString() ?? null,
    logEnd: logEnd.toString(),
    lag: position === undefined ? null : Number(logEnd - position),
    ...(error === undefined ? {} : { error: { ...error, position: error.position?.toString() } }),
    ...(rebuild === undefined ? {} : { rebuild: { ...rebuild, done: rebuild.done.toString(), total: rebuild.total.toString() } }),
  };
}
