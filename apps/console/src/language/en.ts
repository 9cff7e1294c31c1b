import { deskEn } from './desk.en.js';
import { fieldFaultsEn } from './field-faults.en.js';
import { frameEn } from './frame.en.js';
import type { SignInFault } from '../session/open-id.js';
import { problemsEn } from './problems.en.js';

/** What event sentences are written with: words for an instant in the mall's zone, and readers of an event's data that never fail. */
export interface Say {
  at(instant: string | undefined): string;
}

export type EventData = Readonly<Record<string, unknown>>;
export type Sentence = (data: EventData, say: Say) => string;

export const textOf = (data: EventData, field: string): string | undefined => {
  const value = data[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** `promised-time-2` is the second clock of that name within the case. */
export const clockNameOf = (data: EventData): string => textOf(data, 'name') ?? (textOf(data, 'clockId') ?? '').replace(/-\d+$/, '');

export type Words = Readonly<Record<string, string>>;

/** The word for a code, or the code itself where none is known: never a blank. */
export const word = (words: Words, code: string | null | undefined): string => (code == null ? '' : (words[code] ?? code));

const channels: Words = {
  desk: 'Service desk', phone: 'Phone', mail: 'Mail', chat: 'Chat', web: 'Web', box: 'Suggestion box',
  app: 'App', social: 'Social media', staff: 'Staff', system: 'System',
};
const clocks: Words = { acknowledge: 'First reply', 'promised-time': 'Promised time' };
const parties: Words = { customer: 'customer', merchant: 'merchant' };
const outcomes: Words = { resolved: 'resolved', duplicate: 'duplicate', invalid: 'invalid', withdrawn: 'withdrawn', 'out-of-scope': 'out of scope' };
const stops: Words = { done: 'done', superseded: 'superseded', 'case-closed': 'case closed' };

const clock = (data: EventData): string => word(clocks, clockNameOf(data));

const events: Readonly<Record<string, Sentence>> = {
  ComplaintRegistered: (data) => `Registered · ${word(channels, textOf(data, 'channel'))}`,
  ComplaintAcknowledged: () => 'First reply given to the customer',
  ComplaintRouted: (data) => {
    const queue = textOf(data, 'queue');
    return `Routed to ${textOf(data, 'department') ?? '—'}${queue === undefined ? '' : `, queue ${queue}`}`;
  },
  ResolutionPromised: (data, say) => `Resolution promised by ${say.at(textOf(data, 'dueAt'))}`,
  WaitingStarted: (data) => `Waiting for the ${word(parties, textOf(data, 'party'))}`,
  WaitingEnded: () => 'Waiting ended',
  FollowUpRecorded: () => 'Followed up',
  ComplaintResolved: () => 'Resolved',
  ComplaintClosed: (data) => `Closed: ${word(outcomes, textOf(data, 'outcome'))}`,
  ComplaintReopened: () => 'Reopened',
  ClockStarted: (data, say) => `Clock “${clock(data)}” started, due ${say.at(textOf(data, 'dueAt'))}`,
  ClockPaused: (data) => `Clock “${clock(data)}” paused`,
  ClockResumed: (data, say) => `Clock “${clock(data)}” resumed, now due ${say.at(textOf(data, 'dueAt'))}`,
  ClockStopped: (data) => `Clock “${clock(data)}” stopped: ${word(stops, textOf(data, 'why'))}`,
  ClockBreached: (data, say) => `The system noticed that “${clock(data)}” passed its time, ${say.at(textOf(data, 'dueAt'))}`,
};

export const en = {
  locale: 'en-GB',
  htmlLang: 'en',
  product: 'Atrium',
  productLine: 'Customer service',
  skip: 'Skip to content',
  nav: { label: 'Main', cases: 'Cases', system: 'System' },
  languageSwitch: { label: 'Switch language to Chinese', other: '中文' },
  units: {
    year: (n: number) => `${n} y`, day: (n: number) => `${n} d`, hour: (n: number) => `${n} h`,
    minute: (n: number) => `${n} min`, second: (n: number) => `${n} s`,
  },
  session: {
    title: 'Sign in',
    lead: 'Atrium’s built-in issuer hands out tokens on the machine it runs on. In the project folder, run',
    then: 'and paste what it prints. Other roles: agent, shift-lead, auditor …',
    token: 'Access token',
    placeholder: 'eyJhbGciOi…',
    submit: 'Sign in',
    kept: 'Kept in this browser tab only, until it is closed.',
    malformed: 'This is not a token: three parts joined by dots are expected.',
    pastExpiry: 'This token has expired. Ask for a new one.',
    why: { refused: 'The service did not accept your token. Please sign in again.', expired: 'Your token has expired. Please sign in again.', 'signed-out': 'You are signed out.' },
    expires: (at: string) => `Token valid until ${at}`,
    signOut: 'Sign out',
    loading: 'Loading …',
    issuer: {
      lead: (host: string) => `${host} says who you are.`,
      submit: 'Go to sign-in',
      completing: 'Completing the sign-in …',
      kept: 'You are signed in in this browser tab only, until it is closed.',
      token: (host: string) => `Paste an access token of ${host}.`,
      faults: {
        denied: 'The sign-in was cancelled.', 'issuer-away': 'The identity system does not answer. Try again in a moment.', 'not-begun-here': 'The sign-in could not be completed. Please sign in again.', 'no-token': 'The identity system gave a token that cannot be used. Ask your administrator.',
      } as Readonly<Record<SignInFault, string>>,
    },
  },
  statuses: { open: 'Open', registered: 'Registered', routed: 'Routed', waiting: 'Waiting', resolved: 'Resolved', closed: 'Closed', all: 'All' } as Words,
  channels,
  clocks,
  parties,
  outcomes,
  stops,
  events,
  modes: { open: 'opening hours', wall: 'round the clock' } as Words,
  list: {
    title: 'Cases',
    statusNav: 'Status',
    filters: 'Filters',
    showFilters: (n: number) => (n === 0 ? 'Filters' : `Filters (${n})`),
    search: 'Search subject, name or number',
    department: 'Department', channel: 'Channel', mall: 'Mall', due: 'Due', sort: 'Order', queue: 'Queue',
    any: { department: 'All departments', channel: 'All channels', mall: 'All malls', due: 'Any due time' },
    dueOptions: { overdue: 'Overdue', today: 'Due today', none: 'No promise' } as Words,
    sortOptions: { due: 'Due first', '-opened': 'Newest first', opened: 'Oldest first' } as Words,
    clear: 'Clear filters',
    columns: { promise: 'Promised time', acknowledge: 'First reply', subject: 'Case', status: 'Status', department: 'Department', channel: 'Channel', mall: 'Mall', opened: 'Opened' },
    caption: 'Cases, each row opens one',
    total: (n: string) => `${n} cases`,
    one: '1 case',
    range: (from: string, to: string, total: string) => `${from}–${to} of ${total}`,
    next: 'Next', previous: 'Previous', first: 'First page', paging: 'Pages',
    loading: 'Loading cases',
    empty: 'No case matches',
    emptyHint: 'Fewer filters may show more.',
  },
  due: {
    in: (d: string) => `in ${d}`,
    overdue: (d: string) => `overdue ${d}`,
    since: (at: string) => `since ${at}`,
    by: (at: string) => `by ${at}`,
    paused: 'paused', met: 'kept', broken: 'missed', superseded: 'replaced', none: 'none',
  },
  case: {
    back: 'Cases',
    loading: 'Loading case',
    facts: 'Details', moreFacts: 'More', clocksTitle: 'Clocks', timelineTitle: 'Timeline',
    fields: { department: 'Department', queue: 'Queue', channel: 'Channel', mall: 'Mall', timeZone: 'Time zone', opened: 'Opened', happened: 'Happened', category: 'Category', shop: 'Shop', externalReference: 'External reference', policy: 'Policy', calendar: 'Calendar', revision: 'Revision' },
    complainant: 'Complainant', complainantFields: { name: 'Name', phone: 'Phone', email: 'Mail' },
    erased: 'erased', erasedHint: 'This person’s key was destroyed; what it sealed cannot be read any more.',
    noClocks: 'No clock runs on this case.',
    clockStates: { running: 'running', paused: 'paused', met: 'kept', broken: 'missed', superseded: 'replaced' } as Words,
    overdueNow: 'overdue',
    left: (d: string) => `${d} left`,
    leftOnResume: (d: string) => `${d} left once it resumes`,
    late: (d: string) => `${d} late`,
    early: (d: string) => `${d} to spare`,
    overBy: (d: string) => `by ${d}`,
    started: 'Started', dueLabel: 'Due', stopped: 'Stopped', pausedSince: 'Paused since', pauseCount: (n: number) => (n === 1 ? '1 pause' : `${n} pauses`),
    limit: 'Limit',
    legend: { elapsed: 'elapsed', paused: 'paused', over: 'over time', now: 'now', stop: 'stopped' },
    compressed: 'scale shortened',
    showClockEvents: 'Clock events',
    recorded: (at: string) => `recorded ${at}`,
    backdated: 'backdated',
    backdatingReasons: {
      'offline-desk': 'desk was offline', 'system-outage': 'system was down', 'paper-record': 'kept on paper first',
      'late-report': 'reported late', 'integration-delay': 'other system was late', import: 'imported',
    },
    revision: (n: string) => `Revision ${n}`,
    details: 'Details', rawJson: 'Raw JSON',
    notFound: 'No such case', notFoundHint: 'Check the address, or search for the number.',
  },
  desk: deskEn,
  frame: frameEn,
  eventFields: {
    channel: 'Channel', subject: 'Subject', description: 'Description', category: 'Category', shop: 'Shop', eventAt: 'Happened', amountMinor: 'Amount', currency: 'Currency', complainant: 'Complainant',
    name: 'Name', phone: 'Phone', email: 'Mail', personId: 'Person', language: 'Language', policyVersion: 'Policy', calendarVersion: 'Calendar', externalReference: 'External reference', message: 'Message', department: 'Department',
    queue: 'Queue', reason: 'Reason', dueAt: 'Due', clockId: 'Clock', party: 'Waiting for', note: 'Note', resolution: 'Resolution', outcome: 'Outcome', mode: 'Counts', limitMs: 'Limit', why: 'Why', mallId: 'Mall',
  } as Words,
  system: {
    title: 'System', loading: 'Loading the state of the system',
    health: 'Health', healthStates: { ready: 'Ready', degraded: 'Degraded', away: 'Not ready' }, reasons: 'What is wrong',
    runners: 'Runners', noRunners: 'No runner has reported yet.',
    kinds: { projection: 'Projection', reaction: 'Reaction', relay: 'Relay', consumer: 'Consumer' } as Words,
    states: { running: 'running', standby: 'standby', rebuilding: 'rebuilding', degraded: 'degraded', stopped: 'stopped' } as Words,
    columns: { position: 'Position', logEnd: 'End of log', lag: 'Behind by' },
    caughtUp: 'caught up', unknown: 'unknown', haltedSince: (at: string) => `since ${at}`, haltedAt: (position: string) => `at position ${position}`,
    rebuild: 'Rebuild', rebuildOf: (name: string) => `Rebuild ${name}`,
    confirm: (name: string) => `Rebuild “${name}”?`,
    confirmText: 'A second copy is made from the log beside the present one and takes its place when it is complete. Readers notice nothing; it takes a while.',
    yes: 'Rebuild', no: 'Cancel', started: (name: string) => `Rebuild of ${name} has started.`,
    progress: (events: string) => `${events} events applied`, rebuildFailed: 'The last rebuild did not succeed',
    phases: { 'catch-up': 'catching up', compare: 'comparing', switch: 'switching over', refused: 'refused: the new copy differs', failed: 'failed' } as Words,
    since: (d: string) => `for ${d}`,
    docs: 'API documentation', docsText: 'All routes of all services, with their schemas.',
  },
  problem: {
    title: 'That did not work',
    retry: 'Try again',
    /** What the service answers by code, in the reader's language; for other codes its own words are shown. */
    codes: problemsEn,
    /** The same of single fields. */
    fields: fieldFaultsEn,
    stale: 'Shown as last known; refreshing failed.',
    crash: 'This page ran into an error', crashText: 'Reloading usually helps. The message was:', reload: 'Reload',
    notFound: 'Page not found', notFoundText: 'Nothing lives at this address.', home: 'To the cases',
  },
};

export type Messages = typeof en;
