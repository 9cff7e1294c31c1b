import type { Recorded } from '@atrium/kernel';
import type { Projection, Rows } from '@atrium/runners';
import type { ComplaintEvent } from '@atrium/tickets-domain';
import { ComplaintTimelineEntity, type ComplaintTimelineRow } from './complaint-timeline.entity.js';

const record = (rows: Rows<ComplaintTimelineRow>, { stream, revision, type, occurredAt, metadata, data }: Recorded<ComplaintEvent>): void =>
  rows.put({
    complaintId: stream.slice('complaint-'.length),
    revision: revision.toString(),
    type,
    occurredAt: new Date(occurredAt),
    recordedAt: new Date(metadata.recordedAt),
    actorId: metadata.actor.id,
    actorRole: metadata.actor.role,
    data,
    backdatingReason: metadata.backdatingReason ?? null,
  });

/** What happened to a complaint, event by event, as its page tells it. */
export const complaintTimeline: Projection<ComplaintTimelineRow, ComplaintEvent> = {
  name: 'complaint-timeline',
  version: 1,
  categories: ['complaint'],
  entity: ComplaintTimelineEntity,
  on: {
    ComplaintRegistered: record,
    ComplaintAcknowledged: record,
    ComplaintRouted: record,
    ResolutionPromised: record,
    WaitingStarted: record,
    WaitingEnded: record,
    FollowUpRecorded: record,
    ComplaintResolved: record,
    ComplaintClosed: record,
    ComplaintReopened: record,
    ClockStarted: record,
    ClockPaused: record,
    ClockResumed: record,
    ClockStopped: record,
    ClockBreached: record,
  },
};
