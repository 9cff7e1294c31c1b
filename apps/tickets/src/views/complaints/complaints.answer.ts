import {
  builtInReference, calendarOf, complaintDecider, latestClock, openSpansBetween, toMs, verdict, type ClockFacts, type ClockState, type ComplaintEvent, type ComplaintState,
} from '@atrium/tickets-domain';
import { allowedFor, nextFor } from '../../complaint/command-answer.js';
import type { ComplaintTimelineRow } from '../complaint-timeline/complaint-timeline.entity.js';
import type { ComplaintPage } from './complaint-page.query.js';
import type { ComplaintRow } from './complaints.entity.js';
import type { CaseAnswer, ClockAnswer, ClockSummary, ListedComplaint } from './complaints.schema.js';

export function presentItem(row: ComplaintRow, now: Date): ListedComplaint {
  const { known } = row.clocks;
  return { ...core(row), acknowledge: summary(latestClock(known, 'acknowledge'), now), promise: summary(latestClock(known, 'promised-time'), now) };
}

export function presentCase({ row, timeline }: ComplaintPage, role: string, now: Date, position: string | null): CaseAnswer {
  const state = stateOf(timeline);
  return {
    ...core(row),
    description: row.description,
    eventAt: row.eventAt?.toISOString() ?? null,
    language: row.language,
    complainant: row.complainantName === null ? null : { name: row.complainantName, phone: row.complainantPhone, email: row.complainantEmail },
    policyVersion: row.policyVersion,
    calendarVersion: row.calendarVersion,
    clocks: row.clocks.known.map((clock) => presentClock(clock, now)),
    timeline: timeline.map(presentEntry),
    allowed: allowedFor(state, role),
    next: nextFor(state, role),
    position,
  };
}

const core = (row: ComplaintRow) => ({
  id: row.id,
  reference: row.reference,
  mallId: row.mallId,
  status: row.status,
  subject: row.subject,
  category: row.category,
  channel: row.channel,
  department: row.department,
  queue: row.queue,
  shop: row.shop,
  openedAt: row.openedAt.toISOString(),
  lastActivityAt: row.lastActivityAt.toISOString(),
  externalReference: row.externalReference,
  revision: row.revision,
});

const presentEntry = ({ revision, type, occurredAt, recordedAt, actorId, actorRole, data, backdatingReason }: ComplaintTimelineRow) => ({
  revision, type, occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString(), actor: { id: actorId, role: actorRole }, data: { ...data },
  ...(backdatingReason === null ? {} : { backdatingReason }),
});

/** What is allowed is asked of the same fold that decides. */
const stateOf = (timeline: readonly ComplaintTimelineRow[]): ComplaintState =>
  timeline.reduce<ComplaintState>(
    (state, { type, data, occurredAt }) => complaintDecider.evolve(state, { type, data, occurredAt: occurredAt.toISOString() } as ComplaintEvent),
    complaintDecider.initialState,
  );

const summary = (clock: ClockFacts | undefined, now: Date): ClockSummary | null => {
  if (!clock) return null;
  const { state, dueAt } = judged(clock, now);
  const isCounting = clock.mode === 'open' && clock.stoppedAt === undefined && dueAt !== null;
  return { state, dueAt, ...(isCounting && { openSpans: spansAround(clock, Math.min(now.getTime(), toMs(dueAt)), Math.max(now.getTime(), toMs(dueAt)), SPANS_IN_A_LIST) }) };
};

/** Opening hours beyond the end of a clock, so that a page may count on without asking again. */
const SPANS_AHEAD_MS = 2 * 86_400_000;
const SPANS_OF_A_CASE = 100;
const SPANS_IN_A_LIST = 10;

const spansAround = (clock: ClockFacts, fromMs: number, toMs: number, limit: number) =>
  openSpansBetween(new Date(fromMs).toISOString(), new Date(toMs + SPANS_AHEAD_MS).toISOString(), calendarOf(builtInReference, clock.calendarVersion), limit);

/** A clock of opening hours brings them, so that a page can count as it does. */
function presentClock(clock: ClockFacts, now: Date): ClockAnswer {
  const judgement = judged(clock, now);
  const presented = { ...clock, firstDueAt: clock.dueAt, ...judgement };
  if (clock.mode !== 'open') return presented;
  const endMs = Math.max(now.getTime(), toMs(judgement.dueAt ?? clock.dueAt), toMs(clock.stoppedAt ?? clock.startedAt));
  return { ...presented, openSpans: [...spansAround(clock, toMs(clock.startedAt), endMs, SPANS_OF_A_CASE)] };
}

function judged(clock: ClockFacts, now: Date): { state: ClockState; dueAt: string | null; remainingMs?: number } {
  const { state, dueAt, remainingMs } = verdict(clock, now.toISOString(), calendarOf(builtInReference, clock.calendarVersion));
  return { state, dueAt: dueAt ?? null, ...(remainingMs === undefined ? {} : { remainingMs }) };
}
