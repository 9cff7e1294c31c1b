import { encodeToken, type Refusal } from '@atrium/kernel';
import type { Outcome } from '@atrium/event-store';
import { Problem } from '@atrium/http';
import { allowedCommands, builtInReference, complaintCommand, nextCommand, type Complaint, type ComplaintState } from '@atrium/tickets-domain';
import { z } from 'zod';
import { answeredInstant, answerSchema, answeredUuid, decimal, listOf } from '../openapi.js';
import { status } from './status.js';

/** What a command answers, built from stored events. */
export const commandAnswer = answerSchema('CommandAnswer', z.strictObject({
  id: answeredUuid,
  revision: decimal('Of the complaint, after this command').nullable(),
  events: listOf(z.strictObject({ type: z.string(), occurredAt: answeredInstant })).meta({ description: 'What this command wrote; none when there was nothing left to do' }),
  status,
  allowed: listOf(z.string()).meta({ description: 'The commands that this role may send now' }),
}).meta({ examples: [{
  id: '0b7c1c56-5f0e-5d43-9c6e-2f8d6f0c8f11', revision: '3', status: 'registered', events: [{ type: 'ComplaintAcknowledged', occurredAt: '2025-03-01T02:15:00.000Z' }],
  allowed: ['RouteComplaint', 'PromiseResolution', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint'],
}] }));
export type CommandAnswer = Readonly<z.output<typeof commandAnswer>>;

/** @throws Problem for a refusal: 404 where there is no such complaint, else 409 or 422 */
export function answerOf(id: string, outcome: Outcome<ComplaintState>, role: string): { answer: CommandAnswer; position: string | undefined } {
  if (outcome.kind === 'refused') throw problemOf(outcome.refusal, outcome.loaded.state, role);
  const { state, revision } = outcome.loaded;
  const written = outcome.kind === 'nothing' ? [] : outcome.written;
  return {
    answer: {
      id,
      revision: revision?.toString() ?? null,
      events: written.map(({ type, occurredAt }) => ({ type, occurredAt })),
      // What was not refused is registered.
      status: (state as Complaint).status,
      allowed: allowedFor(state, role),
    },
    position: outcome.position === undefined ? undefined : encodeToken({ source: 'tickets', position: outcome.position }),
  };
}

/** What this role may usefully send to this complaint now. */
export const allowedFor = (state: ComplaintState, role: string): string[] =>
  allowedCommands(state, { now: new Date().toISOString(), reference: builtInReference }).filter((type) => (complaintCommand(type).roles as readonly string[]).includes(role));

/** What usually comes next, if this role may send it. */
export function nextFor(state: ComplaintState, role: string): string | null {
  const next = nextCommand(state);
  return next !== undefined && (complaintCommand(next).roles as readonly string[]).includes(role) ? next : null;
}

export function problemOf(refusal: Refusal, state: ComplaintState, role: string): Problem {
  if (state.status === 'unregistered' && refusal.kind === 'conflict') return new Problem(404, 'no-such-complaint', 'There is no complaint of this id.');
  const { refused, kind, detail } = refusal;
  return new Problem(kind === 'conflict' ? 409 : 422, refused, detail, { allowed: allowedFor(state, role) });
}

