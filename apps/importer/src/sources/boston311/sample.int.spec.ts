import { existsSync } from 'node:fs';
import { inRepository } from '../../repository.js';
import { sources } from '../catalogue.js';
import { isUnusable, type Fields, type ImportRow } from '../source.js';
import { boston311 } from './boston311.js';

const sample = inRepository('apps', 'importer', 'samples', boston311.sample);

describe('the sample of Boston 311', () => {
  const fields: Fields[] = [];
  const rows: ImportRow[] = [];

  beforeAll(async () => {
    for await (const row of (await boston311.read(sample)).rows) {
      if ('problem' in row) throw new Error(`line ${row.line}: ${row.problem.detail}`);
      const mapped = boston311.map(row.fields);
      if (isUnusable(mapped)) throw new Error(`line ${row.line}: ${mapped.detail}`);
      fields.push(row.fields);
      rows.push(mapped);
    }
  });

  it('lies in the samples for every source', () => {
    expect(sources.filter((source) => !existsSync(inRepository('apps', 'importer', 'samples', source.sample)))).toEqual([]);
  });

  it('has 300 cases, none twice', () => {
    expect(new Set(rows.map(({ key }) => key)).size).toBe(300);
  });

  it('says nothing of places, and holds no address, telephone or house number', () => {
    expect(Object.keys(fields[0] ?? {}).filter((name) => /location|latitude|longitude|district|neighborhood|ward|precinct|photo|street|zip/.test(name))).toEqual([]);
    const texts = fields.flatMap((each) => [each['closure_reason'] ?? '', each['case_title'] ?? '']);
    expect(texts.filter((text) => /\S@\S|\d{3}[-. )]*\d{3}[-. ]?\d{4}|\b\d{3}[-. ]\d{4}\b|\b\d+[A-Za-z]?\s+[A-Za-z]{3,}/.test(text))).toEqual([]);
  });

  it('has every kind of case', () => {
    const kinds = new Set(rows.flatMap((row) => {
      const of = (type: string): Readonly<Record<string, unknown>> => row.commands.find((command) => command.type === type)?.data ?? {};
      const [opened, ended] = [row.commands[0]?.occurredAt ?? '', row.commands.at(-1)?.occurredAt ?? ''];
      const due = String(of('PromiseResolution')['dueAt'] ?? '');
      const outcome = String(of('CloseComplaint')['outcome'] ?? 'open');
      return [
        outcome,
        due === '' ? `${outcome} without target` : `${outcome} with target`,
        String(of('RegisterComplaint')['channel']),
        String(of('RouteComplaint')['department']),
        ...(outcome === 'open' || due === '' ? [] : [ended > due ? 'late' : 'kept']),
        ...(due !== '' && due < opened ? ['target before opening'] : []),
        ...(opened.startsWith('2011-11-06T05') || ended.startsWith('2011-11-06T05') ? ['hour that runs twice'] : []),
      ];
    }));
    expect([...kinds]).toEqual(expect.arrayContaining([
      'resolved', 'duplicate', 'invalid', 'open with target', 'open without target', 'resolved without target', 'late', 'kept',
      'target before opening', 'hour that runs twice',
      'phone', 'staff', 'web', 'app', 'system', 'social', 'PWDx', 'ISD', 'PARK', 'BTDT', 'INFO', 'PROP',
    ]));
  });
});
