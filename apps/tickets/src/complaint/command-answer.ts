import { encodeToken, type Refusal } from '@atrium/kernel';
import type { Outcome } from '@atrium/event-store';
import { Problem } from '@atrium/http';
import { allowedCommands, builtInReference, complaintCommand, nextCommand, type ComplaintState } from '@atrium/tickets-domain';

/** What a command answers, built from stored events. */
export interface CommandAnswer {
  readonly id: string;
  readonly revision: string | null;
  /** Those of this command; none when there was nothing left to do. */
  readonly events: readonly { readonly type: string; readonly occurredAt: string }[];
  readonly status: string;
  /** Commands that the caller's role may send now. */
  readonly allowed: readonly string[];
}

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
      status: state.status,
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

