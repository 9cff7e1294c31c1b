import type { Channel, Clocks, Complaint } from '@atrium/tickets-domain';
import { EntitySchema } from 'typeorm';

/**
 * One row a complaint: what lists are filtered and sorted by. Clear personal values are allowed here, because this
 * service owns them; erasing a person will have to change them too, which nothing does yet. The `due` columns are the
 * effective ones: null while a clock is paused.
 */
export interface ComplaintRow {
  id: string;
  mallId: string;
  reference: string;
  open: boolean;
  status: Complaint['status'];
  subject: string;
  description: string;
  category: string | null;
  channel: Channel;
  department: string | null;
  queue: string | null;
  shop: string | null;
  eventAt: Date | null;
  language: string | null;
  complainantName: string | null;
  complainantPhone: string | null;
  complainantEmail: string | null;
  externalReference: string | null;
  openedAt: Date;
  lastActivityAt: Date;
  revision: string;
  policyVersion: string;
  calendarVersion: string;
  /** The facts of every clock; verdicts are computed when asked, never stored. */
  clocks: Clocks;
  acknowledgeDueAt: Date | null;
  acknowledgeStoppedAt: Date | null;
  /** Of the latest promise. Due is null while the clock is paused. */
  promiseDueAt: Date | null;
  promisePaused: boolean;
  promiseStoppedAt: Date | null;
  /** The earliest due time among the clocks that run; lists are sorted by it. */
  nextDueAt: Date | null;
  /** The same among the due times that the system has not noticed as breached; the scheduler's queue. */
  nextBreachAt: Date | null;
  /** By `breachKey`. */
  breachesNoticed: string[];
}

export const ComplaintEntity = new EntitySchema<ComplaintRow>({
  name: 'complaints',
  tableName: 'complaints',
  columns: {
    id: { type: 'uuid', primary: true },
    mallId: { name: 'mall_id', type: 'text' },
    reference: { type: 'text' },
    open: { type: 'boolean' },
    status: { type: 'text' },
    subject: { type: 'text' },
    description: { type: 'text' },
    category: { type: 'text', nullable: true },
    channel: { type: 'text' },
    department: { type: 'text', nullable: true },
    queue: { type: 'text', nullable: true },
    shop: { type: 'text', nullable: true },
    eventAt: { name: 'event_at', type: 'timestamptz', nullable: true },
    language: { type: 'text', nullable: true },
    complainantName: { name: 'complainant_name', type: 'text', nullable: true },
    complainantPhone: { name: 'complainant_phone', type: 'text', nullable: true },
    complainantEmail: { name: 'complainant_email', type: 'text', nullable: true },
    externalReference: { name: 'external_reference', type: 'text', nullable: true },
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    lastActivityAt: { name: 'last_activity_at', type: 'timestamptz' },
    revision: { type: 'bigint' },
    policyVersion: { name: 'policy_version', type: 'text' },
    calendarVersion: { name: 'calendar_version', type: 'text' },
    clocks: { type: 'jsonb' },
    acknowledgeDueAt: { name: 'acknowledge_due_at', type: 'timestamptz', nullable: true },
    acknowledgeStoppedAt: { name: 'acknowledge_stopped_at', type: 'timestamptz', nullable: true },
    promiseDueAt: { name: 'promise_due_at', type: 'timestamptz', nullable: true },
    promisePaused: { name: 'promise_paused', type: 'boolean' },
    promiseStoppedAt: { name: 'promise_stopped_at', type: 'timestamptz', nullable: true },
    nextDueAt: { name: 'next_due_at', type: 'timestamptz', nullable: true },
    nextBreachAt: { name: 'next_breach_at', type: 'timestamptz', nullable: true },
    breachesNoticed: { name: 'breaches_noticed', type: 'text', array: true },
  },
  indices: [
    { name: 'complaints_by_due', columns: ['open', 'nextDueAt', 'id'] },
    { name: 'complaints_by_breach', columns: ['nextBreachAt'] },
    { name: 'complaints_by_opening', columns: ['openedAt', 'id'] },
    { name: 'complaints_by_external_reference', columns: ['externalReference'] },
  ],
});
