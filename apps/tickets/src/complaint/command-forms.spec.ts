import { describe, expect, it } from '@jest/globals';
import { complaintCommand, roles } from '@atrium/tickets-domain';
import { formsByRole } from './command-forms.js';

type Json = Readonly<Record<string, unknown>>;

const formsOf = (role: string) => formsByRole.get(role) ?? [];
const schemas = [...new Set([...formsByRole.values()].flat().flatMap(({ schema, backdating }) => [schema, backdating]))].filter((schema) => schema !== null) as unknown as readonly Json[];

/** A schema, and those of the objects in it. */
const withNested = (schema: Json): Json[] => [schema, ...Object.values((schema['properties'] ?? {}) as Record<string, Json>).flatMap(withNested)];

describe('the forms of commands', () => {
  it('are those that a role may send over HTTP, in the order of a case', () => {
    expect(formsOf('agent').map(({ type }) => type)).toEqual([
      'RegisterComplaint', 'AcknowledgeComplaint', 'RouteComplaint', 'PromiseResolution', 'StartWaiting', 'EndWaiting', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint', 'ReopenComplaint',
    ]);
    expect(formsOf('mall-management').map(({ route }) => route)).toEqual(['route', 'promise-resolution', 'start-waiting', 'end-waiting', 'record-follow-up', 'resolve']);
    for (const role of ['auditor', 'general-manager', 'member-clerk', 'system', 'nobody']) expect(formsOf(role)).toEqual([]);
  });

  it('say where a command goes: to a case, or to a new one', () => {
    for (const { type, route, creates } of formsOf('supervisor')) expect(creates).toBe(route === null && type === 'RegisterComplaint');
  });

  it('hold every own field of the command, the mall of a new case, and nothing of the envelope', () => {
    for (const { type, schema, creates } of formsOf('supervisor')) {
      const own = Object.keys(complaintCommand(type as 'RegisterComplaint').schema.shape);
      expect(Object.keys(schema.properties)).toEqual(creates ? [...own, 'mallId'] : own);
    }
    expect(formsOf('supervisor')[0]?.schema).toMatchObject({
      required: ['channel', 'subject', 'description'],
      properties: { mallId: { default: 'main', enum: expect.arrayContaining(['main']), 'x-labels': { main: { zh: '中庭商场', en: 'Atrium Mall' } } } },
      dependentRequired: { amountMinor: ['currency'] },
    });
  });

  it('offer an earlier time, with its reason, to those who may give one', () => {
    for (const role of roles) {
      const expected = ['integration', 'shift-lead', 'supervisor'].includes(role) ? expect.objectContaining({ required: ['occurredAt', 'backdatingReason'] }) : null;
      for (const { backdating } of formsOf(role)) expect(backdating).toEqual(expected);
    }
  });

  it('word every field and every value in both languages', () => {
    const worded = { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/^[A-Z]/) };
    const fields = schemas.flatMap(withNested).filter((schema) => !schemas.includes(schema));
    expect(fields.length).toBeGreaterThan(25);
    for (const field of fields) {
      expect({ zh: field['x-zh'], en: field['title'] }).toEqual(worded);
      const values = (field['enum'] ?? []) as string[];
      expect(field['x-labels'] ?? {}).toEqual(Object.fromEntries(values.map((value) => [value, worded])));
    }
  });
});
