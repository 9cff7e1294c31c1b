import { EntitySchema } from 'typeorm';

/** One row a clock: its facts, and the due time that follows from them (null while it is paused). */
export interface ComplaintClockRow {
  complaintId: string;
  clockId: string;
  name: string;
  mode: string;
  limitMs: string | null;
  startedAt: Date;
  /** As it was computed when the clock started; never computed again. */
  firstDueAt: Date;
  dueAt: Date | null;
  pauses: readonly { readonly from: string; readonly to?: string }[];
  stoppedAt: Date | null;
  stopWhy: string | null;
  policyVersion: string;
  calendarVersion: string;
  breachNoticed: boolean;
}

export const ComplaintClockEntity = new EntitySchema<ComplaintClockRow>({
  name: 'complaint_clocks',
  tableName: 'complaint_clocks',
  columns: {
    complaintId: { name: 'complaint_id', type: 'uuid', primary: true },
    clockId: { name: 'clock_id', type: 'text', primary: true },
    name: { type: 'text' },
    mode: { type: 'text' },
    limitMs: { name: 'limit_ms', type: 'bigint', nullable: true },
    startedAt: { name: 'started_at', type: 'timestamptz' },
    firstDueAt: { name: 'first_due_at', type: 'timestamptz' },
    dueAt: { name: 'due_at', type: 'timestamptz', nullable: true },
    pauses: { type: 'jsonb' },
    stoppedAt: { name: 'stopped_at', type: 'timestamptz', nullable: true },
    stopWhy: { name: 'stop_why', type: 'text', nullable: true },
    policyVersion: { name: 'policy_version', type: 'text' },
    calendarVersion: { name: 'calendar_version', type: 'text' },
    breachNoticed: { name: 'breach_noticed', type: 'boolean' },
  },
  indices: [{ name: 'complaint_clocks_running_by_due', columns: ['stoppedAt', 'breachNoticed', 'dueAt'] }],
});
