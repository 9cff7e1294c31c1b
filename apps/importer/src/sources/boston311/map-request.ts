import { localTimes, type LocalTime } from '../../time/local-time.js';
import type { Fields, ImportCommand, ImportRow, Unusable } from '../source.js';

/** The columns that are read. All that says where a request lies is left in the file. */
export const columns = [
  'case_enquiry_id', 'open_dt', 'target_dt', 'closed_dt', 'case_status', 'closure_reason',
  'case_title', 'reason', 'type', 'queue', 'department', 'source',
] as const;

type Column = (typeof columns)[number];

const channels: ReadonlyMap<string, string> = new Map([
  ['Constituent Call', 'phone'],
  ['Employee Generated', 'staff'],
  ['Self Service', 'web'],
  ['Citizens Connect App', 'app'],
  ['Maximo Integration', 'system'],
  ['Twitter', 'social'],
]);

const backdatingReason = 'import of Boston 311 service requests';
const noReason = 'Closed without a stated reason';

const zone = 'America/New_York';
const readTime = localTimes(zone);

/**
 * One request becomes one case: registered, routed and promised at `open_dt`, resolved and closed at `closed_dt`.
 * The promise is `target_dt` as it stands, even where it precedes the opening. Times are Boston's wall clock; in the
 * hour that runs twice the earlier one is meant, unless a closing would then precede its opening.
 */
export function mapRequest(fields: Fields): ImportRow | Unusable {
  const text = (column: Column): string => tidy(fields[column] ?? '');
  const id = text('case_enquiry_id');
  if (!/^[\w-]{1,40}$/.test(id)) return unusable('no-case-id', `case_enquiry_id is ${quoted(id)}`);
  const key = `boston311:${id}`;

  const opened = timeOf('open_dt', text('open_dt'));
  if ('unusable' in opened) return { ...opened, key };
  const promised = text('target_dt') === '' ? undefined : timeOf('target_dt', text('target_dt'));
  if (promised !== undefined && 'unusable' in promised) return { ...promised, key };
  const closed = closingOf(text('case_status'), text('closed_dt'), opened.at);
  if (closed !== undefined && 'unusable' in closed) return { ...closed, key };

  const channel = channels.get(text('source'));
  if (channel === undefined) return { ...unusable('unknown-channel', `source is ${quoted(text('source'))}`), key };
  const subject = text('case_title') || text('type');
  if (subject === '') return { ...unusable('no-subject', 'case_title and type are empty'), key };
  const department = text('department');
  if (department === '') return { ...unusable('no-department', 'department is empty'), key };

  const occurredAt = iso(opened.at);
  return {
    key,
    mallId: 'boston',
    policy: 'imported-1',
    backdatingReason,
    commands: [
      {
        type: 'RegisterComplaint',
        occurredAt,
        data: {
          channel,
          subject,
          description: [text('reason'), text('type')].filter((part) => part !== '').join(' / ') || subject,
          ...optional('category', text('reason')),
          externalReference: key,
        },
      },
      { type: 'RouteComplaint', occurredAt, data: { department, ...optional('queue', text('queue')) } },
      ...(promised === undefined ? [] : [{ type: 'PromiseResolution', occurredAt, data: { dueAt: iso(promised.at) } }]),
      ...(closed === undefined ? [] : closing(text('closure_reason'), iso(closed.at))),
    ],
  };
}

function closing(stated: string, occurredAt: string): readonly ImportCommand[] {
  const reason = stated === '' ? noReason : stated;
  const outcome = outcomeOf(stated);
  const close = { type: 'CloseComplaint', occurredAt, data: { outcome, reason } };
  return outcome === 'resolved' ? [{ type: 'ResolveComplaint', occurredAt, data: { resolution: reason } }, close] : [close];
}

function outcomeOf(stated: string): 'resolved' | 'duplicate' | 'invalid' {
  if (stated.startsWith('Case Closed Duplicate of')) return 'duplicate';
  return stated.startsWith('Case Closed Case Invalid') ? 'invalid' : 'resolved';
}

function closingOf(status: string, closed: string, openedAt: number): { readonly at: number } | Unusable | undefined {
  switch (status) {
    case 'Open':
      return closed === '' ? undefined : unusable('open-with-closing', `case_status is Open, but closed_dt is ${closed}`);
    case 'Closed':
      if (closed === '') return unusable('closed-without-closing', 'case_status is Closed, but closed_dt is empty');
      return timeOf('closed_dt', closed, openedAt);
    default:
      return unusable('unknown-status', `case_status is ${quoted(status)}`);
  }
}

function timeOf(column: Column, text: string, notBefore = -Infinity): { readonly at: number } | Unusable {
  if (text === '') return unusable('no-time', `${column} is empty`);
  const time = readTime(text);
  if ('wrong' in time) return unusable(`time-${time.wrong}`, `${column} ${quoted(text)} ${wrongTime[time.wrong]}`);
  const at = time.earlier < notBefore ? (time.later ?? time.earlier) : time.earlier;
  return at < notBefore ? unusable('closed-before-opened', `${column} ${text} lies before open_dt`) : { at };
}

const wrongTime: Readonly<Record<Extract<LocalTime, { wrong: string }>['wrong'], string>> = {
  format: 'is not written as YYYY-MM-DD HH:MM:SS',
  zoned: `carries a zone; times of this source are local to ${zone} and carry none`,
  impossible: 'does not exist',
  skipped: `does not exist in ${zone}: the clocks were put forward over it`,
};

const unusable = (code: string, detail: string): Unusable => ({ unusable: code, detail });

/** Control characters become blanks, runs of blanks one. */
const tidy = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const quoted = (text: string): string => (text === '' ? 'empty' : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`);

const optional = (name: string, text: string): Record<string, string> => (text === '' ? {} : { [name]: text });

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
