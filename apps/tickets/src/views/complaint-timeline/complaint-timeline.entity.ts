import { EntitySchema } from 'typeorm';

/** One row an event of a complaint, personal fields opened. */
export interface ComplaintTimelineRow {
  complaintId: string;
  revision: string;
  type: string;
  occurredAt: Date;
  recordedAt: Date;
  actorId: string;
  actorRole: string;
  data: object;
  backdatingReason: string | null;
}

export const ComplaintTimelineEntity = new EntitySchema<ComplaintTimelineRow>({
  name: 'complaint_timeline',
  tableName: 'complaint_timeline',
  columns: {
    complaintId: { name: 'complaint_id', type: 'uuid', primary: true },
    revision: { type: 'bigint', primary: true },
    type: { type: 'text' },
    occurredAt: { name: 'occurred_at', type: 'timestamptz' },
    recordedAt: { name: 'recorded_at', type: 'timestamptz' },
    actorId: { name: 'actor_id', type: 'text' },
    actorRole: { name: 'actor_role', type: 'text' },
    data: { type: 'jsonb' },
    backdatingReason: { name: 'backdating_reason', type: 'text', nullable: true },
  },
});
