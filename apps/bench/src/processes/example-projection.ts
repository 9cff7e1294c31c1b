import { EntitySchema } from 'typeorm';
import type { Event } from '@atrium/kernel';
import type { Projection } from '@atrium/runners';

/** What the projections of the bench read: one kind of event, with what a line of a case's history holds. */
export type Noted = Event<'Noted', { readonly caseId: string; readonly step: number; readonly department: string; readonly channel: string; readonly text: string; readonly dueAt: string | null }>;

export interface NoteRow {
  caseId: string;
  revision: string;
  step: number;
  department: string;
  channel: string;
  text: string;
  occurredAt: Date;
  recordedAt: Date;
  dueAt: Date | null;
  actorId: string;
}

export const noteEntity = new EntitySchema<NoteRow>({
  name: 'notes',
  tableName: 'notes',
  columns: {
    caseId: { name: 'case_id', type: 'uuid', primary: true },
    revision: { type: 'bigint', primary: true },
    step: { type: 'integer' },
    department: { type: 'text' },
    channel: { type: 'text' },
    text: { type: 'text' },
    occurredAt: { name: 'occurred_at', type: 'timestamptz' },
    recordedAt: { name: 'recorded_at', type: 'timestamptz' },
    dueAt: { name: 'due_at', type: 'timestamptz', nullable: true },
    actorId: { name: 'actor_id', type: 'text' },
  },
});

/** A row an event, as histories and facts are. */
export const notes: Projection<NoteRow, Noted> = {
  name: 'notes',
  version: 1,
  categories: ['noted'],
  entity: noteEntity,
  on: {
    Noted: (rows, { data, revision, occurredAt, metadata }) => rows.put({
      caseId: data.caseId,
      revision: revision.toString(),
      step: data.step,
      department: data.department,
      channel: data.channel,
      text: data.text,
      occurredAt: new Date(occurredAt),
      recordedAt: new Date(metadata.recordedAt),
      dueAt: data.dueAt === null ? null : new Date(data.dueAt),
      actorId: metadata.actor.id,
    }),
  },
};

export interface CaseRow {
  id: string;
  department: string;
  channel: string;
  lastText: string;
  steps: number;
  openedAt: Date;
  lastActivityAt: Date;
  nextDueAt: Date | null;
  texts: readonly string[];
}

export const caseEntity = new EntitySchema<CaseRow>({
  name: 'cases',
  tableName: 'cases',
  columns: {
    id: { type: 'uuid', primary: true },
    department: { type: 'text' },
    channel: { type: 'text' },
    lastText: { name: 'last_text', type: 'text' },
    steps: { type: 'integer' },
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    lastActivityAt: { name: 'last_activity_at', type: 'timestamptz' },
    nextDueAt: { name: 'next_due_at', type: 'timestamptz', nullable: true },
    texts: { type: 'jsonb' },
  },
});

/** A row a case, read and changed by each event, as lists are. */
export const cases: Projection<CaseRow, Noted> = {
  name: 'cases',
  version: 1,
  categories: ['noted'],
  entity: caseEntity,
  reads: ({ data }) => data.caseId,
  on: {
    Noted: (rows, { data, occurredAt }) => {
      const at = new Date(occurredAt);
      const before = rows.get(data.caseId);
      rows.put({
        id: data.caseId,
        department: data.department,
        channel: data.channel,
        lastText: data.text,
        steps: (before?.steps ?? 0) + 1,
        openedAt: before?.openedAt ?? at,
        lastActivityAt: at,
        nextDueAt: data.dueAt === null ? null : new Date(data.dueAt),
        texts: [...(before?.texts ?? []), data.text.slice(0, 20)],
      });
    },
  },
};
