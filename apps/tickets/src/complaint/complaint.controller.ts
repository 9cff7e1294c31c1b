import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@atrium/kernel';
import { actorOf, commandIdOf, derivedId, idempotencyKeyOf, parseInput, Problem, revisionOfIfMatch, Roles } from '@atrium/http';
import { complaintCommands, rolesThatBackdate, type ComplaintCommandDefinition, type Role } from '@atrium/tickets-domain';
import { tags } from '../openapi.js';
import { DEFAULT_MALL, mallOf } from '../mall.js';
import { Hashing } from '../ports.js';
import { answerOf, type CommandAnswer } from './command-answer.js';
import { bodyOf } from './command-body.js';
import { ApiCommand } from './command.openapi.js';
import { SendComplaintCommand } from './send-complaint-command.js';

const complaintId = z.uuid('This is no id of a complaint.').transform((id) => id.toLowerCase());

interface Route {
  readonly definition: ComplaintCommandDefinition;
  readonly schema: ReturnType<typeof bodyOf>;
}

type Body = { readonly occurredAt?: string; readonly backdatingReason?: string; readonly mallId?: string } & Readonly<Record<string, unknown>>;

/** The one controller of complaints: a route for each command file that people or integrations may send. */
@Controller('complaints')
@ApiTags(tags.commands.name)
export class ComplaintController {
  constructor(private readonly commands: CommandBus, private readonly hashing: Hashing) {}

  async send({ definition, schema }: Route, id: string | undefined, input: unknown, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const actor = actorOf(request);
    const key = idempotencyKeyOf(request.headers['idempotency-key']);
    const ifMatch = revisionOfIfMatch(request.headers['if-match']);
    if (id === undefined && ifMatch !== undefined) throw new Problem(400, 'if-match-invalid', 'What is only being created has no revision to match.');
    const body = parseInput(schema, input === undefined ? {} : input, 'body') as Body;
    const { occurredAt, backdatingReason, mallId = DEFAULT_MALL, ...data } = body;
    refuseBackdating(actor, body);
    mallOf(mallId);
    const commandId = commandIdOf(actor, key);
    const target = id === undefined ? derivedId(commandId, 'complaint') : parseInput(complaintId, id, 'path');
    const outcome = await this.commands.execute(new SendComplaintCommand({
      definition,
      complaintId: target,
      data,
      at: occurredAt,
      ifMatch,
      identity: {
        commandId,
        requestHash: this.hashing.hash(definition.type, id === undefined ? null : target, body),
        correlationId: randomUUID(),
        actor,
        mallId,
        ...(backdatingReason === undefined ? {} : { backdatingReason }),
      },
    }));
    const { answer, position } = answerOf(target, outcome, actor.role);
    if (position !== undefined) reply.header('atrium-position', position);
    if (answer.revision !== null) reply.header('etag', `"${answer.revision}"`);
    if (id === undefined) reply.header('location', `/api/tickets/complaints/${target}`);
    return answer;
  }
}

/** @throws Problem 403 without the right, 400 without the reason or with nothing but the reason */
function refuseBackdating(actor: Actor, { occurredAt, backdatingReason }: Body): void {
  if (occurredAt === undefined && backdatingReason === undefined) return;
  if (!rolesThatBackdate.includes(actor.role as Role)) throw new Problem(403, 'backdating-forbidden', `The role ${actor.role} may not say when something happened; it is recorded as of now.`);
  if (backdatingReason === undefined) throw new Problem(400, 'backdating-reason-missing', 'Say why it is recorded later.', { errors: [{ path: '/backdatingReason', message: 'needed with occurredAt' }] });
  if (occurredAt === undefined) throw new Problem(400, 'occurred-at-missing', 'A reason for recording it later needs the time at which it happened.', { errors: [{ path: '/occurredAt', message: 'needed with backdatingReason' }] });
}

for (const definition of complaintCommands) {
  if (!('route' in definition) && !('creates' in definition)) continue;
  addRoute(definition);
}

function addRoute(definition: ComplaintCommandDefinition): void {
  const route: Route = { definition, schema: bodyOf(definition) };
  const creates = 'creates' in definition;
  const path = 'route' in definition ? `:id/${definition.route}` : '';
  const name = definition.type.charAt(0).toLowerCase() + definition.type.slice(1);
  const prototype = ComplaintController.prototype as unknown as Record<string, (...args: never[]) => Promise<CommandAnswer>>;
  prototype[name] = function sendOne(this: ComplaintController, id: string | undefined, body: unknown, request: FastifyRequest, reply: FastifyReply) {
    return this.send(route, creates ? undefined : id, body, request, reply);
  };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  Param('id')(prototype, name, 0);
  Body()(prototype, name, 1);
  Req()(prototype, name, 2);
  Res({ passthrough: true })(prototype, name, 3);
  Post(path)(prototype, name, descriptor);
  HttpCode(creates ? 201 : 200)(prototype, name, descriptor);
  Roles(...definition.roles)(prototype, name, descriptor);
  ApiOperation({ summary: definition.title.en, description: `${definition.title.zh} (${definition.source})`, operationId: name })(prototype, name, descriptor);
  ApiCommand(definition)(prototype, name, descriptor);
}
