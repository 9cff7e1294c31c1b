import type { Recorded } from '@atrium/kernel';
import type { Projection, Rows } from '@atrium/runners';
import {
  breachKey, builtInReference, calendarOf, dueOf, evolveClocks, latestClock, noClocks, unnoticedBreaches,
  type ClockEvent, type ClockFacts, type Clocks, type ComplaintEvent, type ComplaintEventOf, type Text,
} from '@atrium/tickets-domain';
import { ComplaintEntity, type ComplaintRow } from './complaints.entity.js';

type Change = Partial<ComplaintRow>;

/** Runners open sealed texts before the projection sees them; what could not be opened comes as its marker, a text too. */
const clear = (text: Text): string => (typeof text === 'string' ? text : 'erased');

const complaintId = ({ stream }: Recorded): string => stream.slice('complaint-'.length);

/** Every event moves the revision; `change` says what else. */
const revising = <E extends ComplaintEvent>(change: (event: E, row: Readonly<ComplaintRow>) => Change) =>
  (rows: Rows<ComplaintRow>, event: Recorded<E>): void => {
    const row = rows.get(complaintId(event));
    if (!row) throw new Error(`${event.type} of a complaint whose registration is not in the log`);
    rows.put({ ...row, revision: event.revision.toString(), ...change(event, row) });
  };

/** What somebody did moves the activity too. */
const changing = <E extends ComplaintEvent>(change: (event: E, row: Readonly<ComplaintRow>) => Change) =>
  revising<E>((event, row) => ({
    lastActivityAt: new Date(Math.max(row.lastActivityAt.getTime(), Date.parse(event.occurredAt))),
    ...change(event, row),
  }));

/** The columns that follow from the clocks. A due time is null while its clock stands still. */
const clockColumns = (clocks: Clocks, breachesNoticed: readonly string[]): Change => {
  const acknowledge = latestClock(clocks.known, 'acknowledge');
  const promise = latestClock(clocks.known, 'promised-time');
  const running = clocks.known.filter(({ stoppedAt }) => stoppedAt === undefined);
  return {
    clocks,
    breachesNoticed: [...breachesNoticed],
    acknowledgeDueAt: dueDate(acknowledge),
    acknowledgeStoppedAt: dateOf(acknowledge?.stoppedAt),
    promiseDueAt: dueDate(promise),
    promisePaused: promise !== undefined && promise.stoppedAt === undefined && dueDate(promise) === null,
    promiseStoppedAt: dateOf(promise?.stoppedAt),
    nextDueAt: earliest(running.map(dueDate)),
    nextBreachAt: earliest(unnoticedBreaches(clocks.known, breachesNoticed, builtInReference).map(({ dueAt }) => new Date(dueAt))),
  };
};

const dateOf = (instant: string | undefined): Date | null => (instant === undefined ? null : new Date(instant));

const dueDate = (clock: ClockFacts | undefined): Date | null =>
  (clock === undefined ? null : dateOf(dueOf(clock, calendarOf(builtInReference, clock.calendarVersion)).dueAt));

const earliest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((first, date) => (date !== null && (first === null || date < first) ? date : first), null);

/** What the clocks do follows from what people did, or from the scheduler, whose coming must not show. */
const clock = revising<ClockEvent>((event, { clocks, breachesNoticed }) => clockColumns(evolveClocks(clocks, event), breachesNoticed));

const register = (rows: Rows<ComplaintRow>, event: Recorded<ComplaintEventOf<'ComplaintRegistered'>>): void => {
  const { data, metadata, revision } = event;
  const id = complaintId(event);
  const openedAt = new Date(event.occurredAt);
  rows.put({
    id,
    mallId: metadata.mallId,
    reference: referenceOf(id),
    open: true,
    status: 'registered',
    subject: clear(data.subject),
    description: clear(data.description),
    category: data.category ?? null,
    channel: data.channel,
    department: null,
    queue: null,
    shop: data.shop ?? null,
    eventAt: dateOf(data.eventAt),
    language: data.language ?? null,
    complainantName: textOrNull(data.complainant?.name),
    complainantPhone: textOrNull(data.complainant?.phone),
    complainantEmail: textOrNull(data.complainant?.email),
    externalReference: data.externalReference ?? null,
    openedAt,
    lastActivityAt: openedAt,
    revision: revision.toString(),
    policyVersion: data.policyVersion,
    calendarVersion: data.calendarVersion,
    clocks: noClocks,
    acknowledgeDueAt: null,
    acknowledgeStoppedAt: null,
    promiseDueAt: null,
    promisePaused: false,
    promiseStoppedAt: null,
    nextDueAt: null,
    nextBreachAt: null,
    breachesNoticed: [],
  });
};

const textOrNull = (text: Text | undefined): string | null => (text === undefined ? null : clear(text));

/** What people call a complaint by: the first eight digits of its id. */
export const referenceOf = (id: string): string => id.slice(0, 8).toUpperCase();

/** One row a complaint. */
export const complaints: Projection<ComplaintRow, ComplaintEvent> = {
  name: 'complaints',
  version: 1,
  categories: ['complaint'],
  entity: ComplaintEntity,
  reads: (event) => (event.type === 'ComplaintRegistered' ? undefined : complaintId(event)),
  on: {
    ComplaintRegistered: register,
    ComplaintAcknowledged: changing(() => ({})),
    ComplaintRouted: changing<ComplaintEventOf<'ComplaintRouted'>>(({ data }) => ({ department: data.department, queue: data.queue ?? null, status: 'routed' })),
    ResolutionPromised: changing(() => ({})),
    WaitingStarted: changing(() => ({ status: 'waiting' })),
    WaitingEnded: changing(() => ({ status: 'routed' })),
    FollowUpRecorded: changing(() => ({})),
    ComplaintResolved: changing(() => ({ status: 'resolved' })),
    ComplaintClosed: changing(() => ({ status: 'closed', open: false })),
    ComplaintReopened: changing((_event, { department }) => ({ status: department === null ? 'registered' : 'routed', open: true })),
    ClockStarted: clock,
    ClockPaused: clock,
    ClockResumed: clock,
    ClockStopped: clock,
    ClockBreached: revising<ComplaintEventOf<'ClockBreached'>>(({ data }, { clocks, breachesNoticed }) => clockColumns(clocks, [...breachesNoticed, breachKey(data)])),
  },
};
