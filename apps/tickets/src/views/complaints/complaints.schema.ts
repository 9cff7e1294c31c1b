import { z } from 'zod';
import { channels } from '@atrium/tickets-domain';
import { clockName, clockState, status } from '../../complaint/status.js';
import { answeredInstant, answerSchema, answeredUuid, decimal, listOf } from '../../openapi.js';

const effectiveDue = answeredInstant.nullable().meta({ description: 'Where pauses have moved it to; null while paused' });

const openSpans = listOf(z.strictObject({ from: answeredInstant, to: answeredInstant })).optional();

/** A clock as a list shows it. */
const clockSummary = answerSchema('ClockSummary', z.strictObject({
  state: clockState,
  dueAt: effectiveDue,
  openSpans: openSpans.meta({ description: 'Of a clock of opening hours that has not stopped: those between now and its end, and some beyond' }),
}));
export type ClockSummary = Readonly<z.output<typeof clockSummary>>;

const core = {
  id: answeredUuid,
  reference: z.string().meta({ description: 'Short, for people; not unique for ever' }),
  mallId: z.string(),
  status,
  subject: z.string().meta({ description: '`erased` where the person\'s key is gone' }),
  category: z.string().nullable(),
  channel: z.enum(channels),
  department: z.string().nullable(),
  queue: z.string().nullable(),
  shop: z.string().nullable(),
  openedAt: answeredInstant,
  lastActivityAt: answeredInstant,
  externalReference: z.string().nullable(),
  revision: decimal('Of the complaint; its ETag'),
};

export const listedComplaint = answerSchema('ListedComplaint', z.strictObject({ ...core, acknowledge: clockSummary.nullable(), promise: clockSummary.nullable() }));
export type ListedComplaint = Readonly<z.output<typeof listedComplaint>>;

const position = z.string().nullable().meta({ description: 'How far the read models were: an `after` for later queries. Null before there are any' });

export const complaintsPage = answerSchema('ComplaintsPage', z.strictObject({
  items: listOf(listedComplaint),
  total: z.int().min(0).meta({ description: 'Under these filters, on all pages' }),
  next: z.string().optional().meta({ description: 'The `cursor` of the next page; absent on the last' }),
  position,
}));

const facet = listOf(z.strictObject({ value: z.string(), count: z.int().min(0) })).meta({ description: 'Most frequent first, 200 at most; under the other filters' });

export const complaintFacets = answerSchema('ComplaintFacets', z.strictObject({ departments: facet, channels: facet, statuses: facet, malls: facet }));
export type ComplaintFacets = Readonly<z.output<typeof complaintFacets>>;

const clock = answerSchema('Clock', z.strictObject({
  clockId: z.string(),
  name: clockName,
  mode: z.enum(['open', 'wall']).meta({ description: '`open`: runs in the mall\'s opening hours only' }),
  limitMs: z.int().optional(),
  startedAt: answeredInstant,
  dueAt: effectiveDue,
  firstDueAt: answeredInstant.meta({ description: 'As computed when the clock started' }),
  policyVersion: z.string(),
  calendarVersion: z.string(),
  pauses: listOf(z.strictObject({ from: answeredInstant, to: answeredInstant.optional() })),
  unmatchedResumptions: listOf(answeredInstant).optional(),
  stoppedAt: answeredInstant.optional(),
  stopWhy: z.enum(['done', 'superseded', 'case-closed']).optional(),
  state: clockState,
  remainingMs: z.int().optional().meta({ description: 'Of the clock\'s own time; only while it runs or is paused' }),
  openSpans: openSpans.meta({ description: 'The opening hours that a clock of mode `open` counts, from its start to some days beyond its end' }),
}));
export type ClockAnswer = Readonly<z.output<typeof clock>>;

const timelineEntry = answerSchema('TimelineEntry', z.strictObject({
  revision: decimal('Of the event within its complaint'),
  type: z.string(),
  occurredAt: answeredInstant.meta({ description: 'When it happened' }),
  recordedAt: answeredInstant.meta({ description: 'When it was written down' }),
  actor: z.strictObject({ id: z.string(), role: z.string() }),
  data: z.looseObject({}).meta({ description: 'The fields of the event, by its type; personal texts are opened, or `erased`' }),
  backdatingReason: z.string().optional(),
}));

export const caseAnswer = answerSchema('Complaint', z.strictObject({
  ...core,
  description: z.string(),
  eventAt: answeredInstant.nullable(),
  language: z.string().nullable(),
  complainant: z.strictObject({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }).nullable(),
  policyVersion: z.string(),
  calendarVersion: z.string(),
  clocks: listOf(clock).meta({ description: 'In the order in which they were started' }),
  timeline: listOf(timelineEntry),
  allowed: listOf(z.string()).meta({ description: 'The commands that this role may send now' }),
  next: z.string().nullable().meta({ description: 'The one of those that usually comes next; null when none does, or not from this role' }),
  position,
}));
export type CaseAnswer = Readonly<z.output<typeof caseAnswer>>;
