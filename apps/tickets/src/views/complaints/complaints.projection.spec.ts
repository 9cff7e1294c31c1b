import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@atrium/kernel';
import type { Key, Rows } from '@atrium/runners';
import type { ComplaintEvent } from '@atrium/tickets-domain';
import type { ComplaintRow } from './complaints.entity.js';
import { complaints } from './complaints.projection.js';

const id = '3f2a9c51-0000-4000-8000-000000000001';
const at = (time: string): string => `2025-03-03T${time}:00.000Z`;
const clockId = 'promised-time-1';

const opened: readonly ComplaintEvent[] = [
  { type: 'ComplaintRegistered', data: { channel: 'desk', subject: 's', description: 'd', policyVersion: 'desk-1', calendarVersion: 'main-1' }, occurredAt: at('01:00') },
  { type: 'ComplaintRouted', data: { department: 'A' }, occurredAt: at('01:10') },
  { type: 'ResolutionPromised', data: { dueAt: at('04:00'), clockId }, occurredAt: at('01:20') },
  { type: 'ClockStarted', data: { clockId, name: 'promised-time', mode: 'wall', dueAt: at('04:00'), policyVersion: 'desk-1', calendarVersion: 'main-1' }, occurredAt: at('01:20') },
];
const breached = (dueAt: string): ComplaintEvent => ({ type: 'ClockBreached', data: { clockId, dueAt }, occurredAt: dueAt });
const waitedLate: readonly ComplaintEvent[] = [
  { type: 'WaitingStarted', data: { party: 'customer', reason: 'r' }, occurredAt: at('03:30') },
  { type: 'ClockPaused', data: { clockId }, occurredAt: at('03:30') },
];
const resumed: readonly ComplaintEvent[] = [
  { type: 'WaitingEnded', data: {}, occurredAt: at('06:00') },
  { type: 'ClockResumed', data: { clockId, dueAt: at('06:30') }, occurredAt: at('06:00') },
];

/** The row that events leave. */
function rowOf(...events: readonly ComplaintEvent[]): ComplaintRow {
  const kept = new Map<Key, ComplaintRow>();
  const rows: Rows<ComplaintRow> = { get: (key) => kept.get(key), put: (row) => { kept.set(row.id, row); }, delete: (key) => { kept.delete(key); } };
  events.forEach((event, index) => {
    const metadata = { commandId: id, requestHash: '', correlationId: id, actor: { id: 'ann', role: 'agent' }, mallId: 'main', occurredAt: event.occurredAt, recordedAt: event.occurredAt, schemaVersion: 1 };
    const recorded: Recorded<ComplaintEvent> = { ...event, id, stream: `complaint-${id}`, revision: BigInt(index), position: BigInt(index), metadata };
    (complaints.on[event.type] as (into: Rows<ComplaintRow>, one: Recorded<ComplaintEvent>) => void)(rows, recorded);
  });
  return kept.get(id) as ComplaintRow;
}

describe('the scheduler\'s queue', () => {
  const queued = (...events: readonly ComplaintEvent[]) => rowOf(...opened, ...events).nextBreachAt?.toISOString();

  it('holds a due time until its breach is noticed', () => {
    expect(queued()).toBe(at('04:00'));
    expect(queued(breached(at('04:00')))).toBeUndefined();
  });

  it('holds the new due time after a wait that was recorded later than the breach', () => {
    expect(queued(breached(at('04:00')), ...waitedLate)).toBeUndefined();
    expect(queued(breached(at('04:00')), ...waitedLate, ...resumed)).toBe(at('06:30'));
    expect(queued(breached(at('04:00')), ...waitedLate, ...resumed, breached(at('06:30')))).toBeUndefined();
  });
});

describe('the last activity', () => {
  it('is what somebody did, whether or not the scheduler came', () => {
    const { lastActivityAt, revision } = rowOf(...opened, breached(at('04:00')));
    expect({ lastActivityAt: lastActivityAt.toISOString(), revision }).toEqual({ lastActivityAt: at('01:20'), revision: '4' });
    expect(rowOf(...opened, ...waitedLate, ...resumed).lastActivityAt.toISOString()).toBe(at('06:00'));
  });
});
