import { existsSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../../repository.js';
import { isUnusable, type FileRow, type ImportRow } from '../source.js';
import { boston311 } from './boston311.js';

const sharedData = process.env['ATRIUM_SHARED_DATA'] ?? inRepository('..', 'shared', 'data');
const file = path.join(sharedData, 'boston311_2011H2.zip');
const present = existsSync(file);
if (!present) process.stderr.write(`Skipped: the totals of the full Boston 311 file, for want of ${file}.\n`);

const data = (row: ImportRow, type: string): Readonly<Record<string, unknown>> | undefined =>
  row.commands.find((command) => command.type === type)?.data;

const countBy = (rows: readonly ImportRow[], value: (row: ImportRow) => unknown): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[String(value(row))] = (counts[String(value(row))] ?? 0) + 1;
  return counts;
};

async function mapAll(name: string): Promise<{ readonly rows: readonly ImportRow[]; readonly unusable: readonly FileRow[] }> {
  const rows: ImportRow[] = [];
  const unusable: FileRow[] = [];
  for await (const row of (await boston311.read(name)).rows) {
    const mapped = 'problem' in row ? row.problem : boston311.map(row.fields);
    if (isUnusable(mapped)) unusable.push(row);
    else rows.push(mapped);
  }
  return { rows, unusable };
}

(present ? describe : describe.skip)('the full file of Boston 311, second half of 2011', () => {
  let rows: readonly ImportRow[] = [];
  let unusable: readonly FileRow[] = [];

  beforeAll(async () => {
    ({ rows, unusable } = await mapAll(file));
  }, 60_000);

  it('maps row by row without a reject, each with a key of its own', () => {
    expect(unusable).toEqual([]);
    expect(rows).toHaveLength(58_251);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(58_251);
  });

  it('has the known totals', () => {
    const closed = rows.filter((row) => data(row, 'CloseComplaint') !== undefined);
    const promised = rows.filter((row) => data(row, 'PromiseResolution') !== undefined);
    const closedPromised = promised.filter((row) => data(row, 'CloseComplaint') !== undefined);
    const late = closedPromised.filter((row) => String(row.commands.at(-1)?.occurredAt) > String(data(row, 'PromiseResolution')?.['dueAt']));
    expect({
      closed: closed.length,
      open: rows.length - closed.length,
      promised: promised.length,
      late: late.length,
      kept: closedPromised.length - late.length,
    }).toEqual({ closed: 54_570, open: 3_681, promised: 47_270, late: 8_230, kept: 35_591 });
  });

  it('has the known departments and channels', () => {
    const { PWDx, ISD, PARK, BTDT, INFO, PROP, ...others } = countBy(rows, (row) => data(row, 'RouteComplaint')?.['department']);
    expect({ PWDx, ISD, PARK, BTDT, INFO, PROP }).toEqual({ PWDx: 36_977, ISD: 7_873, PARK: 4_682, BTDT: 4_280, INFO: 3_246, PROP: 1_113 });
    expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(80);
    expect(countBy(rows, (row) => data(row, 'RegisterComplaint')?.['channel'])).toEqual({
      phone: 28_136, staff: 17_925, web: 8_160, app: 3_907, system: 120, social: 3,
    });
  });

  it('closes as duplicate, invalid and without a reason as often as the file says so', () => {
    expect(countBy(rows, (row) => data(row, 'CloseComplaint')?.['outcome'])).toEqual({ resolved: 50_852, duplicate: 2_303, invalid: 1_415, undefined: 3_681 });
    expect(rows.filter((row) => data(row, 'CloseComplaint')?.['reason'] === 'Closed without a stated reason')).toHaveLength(163);
  });

  it('keeps closings at or after their openings, and targets as they stand', () => {
    const openedAt = (row: ImportRow): string => row.commands[0]?.occurredAt ?? '';
    expect(rows.filter((row) => (row.commands.at(-1)?.occurredAt ?? '') < openedAt(row))).toEqual([]);
    expect(rows.filter((row) => String(data(row, 'PromiseResolution')?.['dueAt'] ?? '9') < openedAt(row))).toHaveLength(3);
  });
});
