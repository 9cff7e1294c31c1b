import type { Fields, ImportRow } from '../source.js';
import { columns, mapRequest } from './map-request.js';

const request: Fields = {
  case_enquiry_id: '101000295613',
  open_dt: '2011-07-01 01:32:33',
  target_dt: '2011-07-15 01:32:32',
  closed_dt: '2011-07-01 05:06:58',
  case_status: 'Closed',
  closure_reason: 'Case Closed Case Resolved replaced 100 amp fuse  and reset\tbreaker ',
  case_title: 'Street Light  Outages ',
  reason: 'Street Lights',
  type: 'Street Light Outages',
  queue: 'PWDx_Street Light Outages',
  department: 'PWDx',
  source: 'Employee Generated',
};

const mapped = (changes: Fields): ImportRow => {
  const row = mapRequest({ ...request, ...changes });
  if ('unusable' in row) throw new Error(row.detail);
  return row;
};
const command = (row: ImportRow, type: string): ImportRow['commands'][number] | undefined => row.commands.find((each) => each.type === type);
const types = (row: ImportRow): readonly string[] => row.commands.map(({ type }) => type);

describe('a 311 request as a case', () => {
  it('is registered, routed and promised when it was opened, resolved and closed when it was closed', () => {
    const opened = '2011-07-01T05:32:33.000Z';
    const closed = '2011-07-01T09:06:58.000Z';
    const reason = 'Case Closed Case Resolved replaced 100 amp fuse and reset breaker';
    expect(mapRequest(request)).toEqual({
      key: 'boston311:101000295613',
      mallId: 'boston',
      policy: 'imported-1',
      backdatingReason: 'import of Boston 311 service requests',
      commands: [
        {
          type: 'RegisterComplaint',
          occurredAt: opened,
          data: {
            channel: 'staff',
            subject: 'Street Light Outages',
            description: 'Street Lights / Street Light Outages',
            category: 'Street Lights',
            externalReference: 'boston311:101000295613',
          },
        },
        { type: 'RouteComplaint', occurredAt: opened, data: { department: 'PWDx', queue: 'PWDx_Street Light Outages' } },
        { type: 'PromiseResolution', occurredAt: opened, data: { dueAt: '2011-07-15T05:32:32.000Z' } },
        { type: 'ResolveComplaint', occurredAt: closed, data: { resolution: reason } },
        { type: 'CloseComplaint', occurredAt: closed, data: { outcome: 'resolved', reason } },
      ],
    });
  });

  it('reads no column that says where the request lies', () => {
    expect(columns.filter((name) => /location|latitude|longitude|district|neighborhood|ward|precinct|photo/.test(name))).toEqual([]);
  });

  it('stays open without a closing, and has no promise without a target', () => {
    expect(types(mapped({ case_status: 'Open', closed_dt: '', closure_reason: ' ', target_dt: '' }))).toEqual(['RegisterComplaint', 'RouteComplaint']);
  });

  it('keeps a target that precedes the opening as it stands', () => {
    const row = mapped({ open_dt: '2011-07-21 07:54:28', target_dt: '2011-07-21 00:00:00', closed_dt: '2011-07-21 10:53:25' });
    expect(command(row, 'PromiseResolution')).toMatchObject({ occurredAt: '2011-07-21T11:54:28.000Z', data: { dueAt: '2011-07-21T04:00:00.000Z' } });
  });

  it.each([
    ['Case Closed Duplicate of Existing Case  306620. ', 'duplicate'],
    ['Case Closed Case Invalid opened in error', 'invalid'],
  ])('closes "%s" as %s, without a resolution', (closure_reason, outcome) => {
    const row = mapped({ closure_reason });
    expect(types(row)).toEqual(['RegisterComplaint', 'RouteComplaint', 'PromiseResolution', 'CloseComplaint']);
    expect(command(row, 'CloseComplaint')?.data).toMatchObject({ outcome });
  });

  it.each([['Case Closed Duplicate report'], ['Case Closed'], ['Case Closed Case Noted']])('closes "%s" as resolved', (closure_reason) => {
    expect(command(mapped({ closure_reason }), 'CloseComplaint')?.data).toEqual({ outcome: 'resolved', reason: closure_reason });
  });

  it('says so when a closing has no reason', () => {
    const row = mapped({ closure_reason: ' \t ' });
    expect(command(row, 'ResolveComplaint')?.data).toEqual({ resolution: 'Closed without a stated reason' });
    expect(command(row, 'CloseComplaint')?.data).toEqual({ outcome: 'resolved', reason: 'Closed without a stated reason' });
  });

  it.each([
    ['Constituent Call', 'phone'],
    ['Employee Generated', 'staff'],
    ['Self Service', 'web'],
    ['Citizens Connect App', 'app'],
    ['Maximo Integration', 'system'],
    ['Twitter', 'social'],
  ])('came by %s: %s', (source, channel) => {
    expect(command(mapped({ source }), 'RegisterComplaint')?.data).toMatchObject({ channel });
  });

  it('takes the type for a missing title', () => {
    expect(command(mapped({ case_title: '  ' }), 'RegisterComplaint')?.data).toMatchObject({ subject: 'Street Light Outages' });
  });

  describe('in the hour that runs twice', () => {
    const night = { target_dt: '', case_status: 'Closed' };
    const times = (open_dt: string, closed_dt: string): readonly (string | undefined)[] => {
      const row = mapped({ ...night, open_dt, closed_dt });
      return [row.commands[0]?.occurredAt, row.commands.at(-1)?.occurredAt];
    };

    it('means the earlier reading', () => {
      expect(times('2011-11-06 01:09:48', '2011-11-06 01:30:00')).toEqual(['2011-11-06T05:09:48.000Z', '2011-11-06T05:30:00.000Z']);
      expect(times('2011-11-05 23:41:22', '2011-11-06 01:11:52')).toEqual(['2011-11-06T03:41:22.000Z', '2011-11-06T05:11:52.000Z']);
    });

    it('means the later one where the closing would precede the opening', () => {
      expect(times('2011-11-06 01:54:07', '2011-11-06 01:10:00')).toEqual(['2011-11-06T05:54:07.000Z', '2011-11-06T06:10:00.000Z']);
    });
  });

  it.each<[string, Fields, string]>([
    ['no-case-id', { case_enquiry_id: '' }, 'case_enquiry_id is empty'],
    ['no-case-id', { case_enquiry_id: 'one two' }, 'case_enquiry_id is "one two"'],
    ['no-time', { open_dt: '' }, 'open_dt is empty'],
    ['time-zoned', { open_dt: '2011-07-01T05:32:33Z' }, 'open_dt "2011-07-01T05:32:33Z" carries a zone; times of this source are local to America/New_York and carry none'],
    ['time-format', { target_dt: '15.07.2011' }, 'target_dt "15.07.2011" is not written as YYYY-MM-DD HH:MM:SS'],
    ['time-impossible', { closed_dt: '2011-02-30 10:00:00' }, 'closed_dt "2011-02-30 10:00:00" does not exist'],
    ['time-skipped', { closed_dt: '2012-03-11 02:30:00' }, 'closed_dt "2012-03-11 02:30:00" does not exist in America/New_York: the clocks were put forward over it'],
    ['closed-before-opened', { closed_dt: '2011-07-01 01:32:32' }, 'closed_dt 2011-07-01 01:32:32 lies before open_dt'],
    ['closed-without-closing', { closed_dt: '' }, 'case_status is Closed, but closed_dt is empty'],
    ['open-with-closing', { case_status: 'Open' }, 'case_status is Open, but closed_dt is 2011-07-01 05:06:58'],
    ['unknown-status', { case_status: 'Pending' }, 'case_status is "Pending"'],
    ['unknown-channel', { source: 'Pigeon' }, 'source is "Pigeon"'],
    ['no-department', { department: ' ' }, 'department is empty'],
    ['no-subject', { case_title: '', type: '' }, 'case_title and type are empty'],
  ])('is rejected as %s', (unusable, changes, detail) => {
    expect(mapRequest({ ...request, ...changes })).toMatchObject({ unusable, detail });
  });
});
