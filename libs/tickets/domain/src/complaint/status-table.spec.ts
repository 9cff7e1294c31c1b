import { describe, expect, it } from '@jest/globals';
import { specify } from '@atrium/testing';
import { isRefusal } from '@atrium/kernel';
import { builtInReference as reference } from '../reference.js';
import { allowedCommands, reopenableUntil } from './allowed.js';
import type { ComplaintCommand } from './complaint-command.js';
import { desk, history, late, monday, onMarch, send } from './complaint.fixture.js';
import { complaintCommands, type ComplaintCommandType } from './commands/index.js';
import { complaintDecider } from './decider.js';
import type { ComplaintEvent } from './events.js';
import { complaintStatuses, isOpen, type ComplaintStatus } from './state.js';

const { given } = specify(complaintDecider);

const open = send('RegisterComplaint', desk, monday('10:05'));
const promise = send('PromiseResolution', { dueAt: monday('18:00') }, monday('10:15'));
const route = send('RouteComplaint', { department: '工程部' }, monday('10:20'));
const wait = send('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('10:30'));
const resolve = send('ResolveComplaint', { resolution: '已修复' }, monday('11:00'));
const close = send('CloseComplaint', { outcome: 'withdrawn', reason: '顾客撤回' }, monday('11:30'));

const histories: Readonly<Record<ComplaintStatus, readonly ComplaintEvent[]>> = {
  unregistered: [],
  registered: history(open, promise),
  routed: history(open, promise, route),
  waiting: history(open, promise, route, wait),
  resolved: history(open, promise, route, resolve),
  closed: history(open, promise, route, close),
};

const noon = monday('12:00');
const sent: Readonly<Record<ComplaintCommandType, ComplaintCommand>> = {
  RegisterComplaint: send('RegisterComplaint', desk, noon),
  AcknowledgeComplaint: send('AcknowledgeComplaint', {}, noon),
  RouteComplaint: send('RouteComplaint', { department: '商管部' }, noon),
  PromiseResolution: send('PromiseResolution', { dueAt: monday('20:00') }, noon),
  StartWaiting: send('StartWaiting', { party: 'merchant', reason: '等待商户' }, noon),
  EndWaiting: send('EndWaiting', {}, noon),
  RecordFollowUp: send('RecordFollowUp', { note: '回访' }, noon),
  ResolveComplaint: send('ResolveComplaint', { resolution: '已修复' }, noon),
  CloseComplaint: send('CloseComplaint', { outcome: 'duplicate', reason: '重复' }, noon),
  ReopenComplaint: send('ReopenComplaint', { reason: '再次故障' }, noon),
  RecordBreach: send('RecordBreach', { clockId: 'promised-time-1' }, noon),
};

/** The status that follows; `=` when it stays, `-` when the command is refused for the status. */
const table: Readonly<Record<ComplaintCommandType, Readonly<Record<ComplaintStatus, ComplaintStatus | '=' | '-'>>>> = {
  RegisterComplaint: { unregistered: 'registered', registered: '-', routed: '-', waiting: '-', resolved: '-', closed: '-' },
  AcknowledgeComplaint: { unregistered: '-', registered: '=', routed: '=', waiting: '=', resolved: '=', closed: '=' },
  RouteComplaint: { unregistered: '-', registered: 'routed', routed: '=', waiting: '-', resolved: '-', closed: '-' },
  PromiseResolution: { unregistered: '-', registered: '=', routed: '=', waiting: '=', resolved: '-', closed: '-' },
  StartWaiting: { unregistered: '-', registered: '-', routed: 'waiting', waiting: '-', resolved: '-', closed: '-' },
  EndWaiting: { unregistered: '-', registered: '-', routed: '-', waiting: 'routed', resolved: '-', closed: '-' },
  RecordFollowUp: { unregistered: '-', registered: '=', routed: '=', waiting: '=', resolved: '=', closed: '=' },
  ResolveComplaint: { unregistered: '-', registered: 'resolved', routed: 'resolved', waiting: 'resolved', resolved: '-', closed: '-' },
  CloseComplaint: { unregistered: '-', registered: 'closed', routed: 'closed', waiting: 'closed', resolved: 'closed', closed: '-' },
  ReopenComplaint: { unregistered: '-', registered: '-', routed: '-', waiting: '-', resolved: 'routed', closed: 'routed' },
  RecordBreach: { unregistered: '-', registered: '=', routed: '=', waiting: '=', resolved: '=', closed: '=' },
};

const allowed: Readonly<Record<ComplaintStatus, readonly ComplaintCommandType[]>> = {
  unregistered: ['RegisterComplaint'],
  registered: ['AcknowledgeComplaint', 'RouteComplaint', 'PromiseResolution', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint'],
  routed: ['AcknowledgeComplaint', 'RouteComplaint', 'PromiseResolution', 'StartWaiting', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint'],
  waiting: ['AcknowledgeComplaint', 'PromiseResolution', 'EndWaiting', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint'],
  resolved: ['AcknowledgeComplaint', 'RecordFollowUp', 'CloseComplaint', 'ReopenComplaint'],
  closed: ['RecordFollowUp', 'ReopenComplaint'],
};

const cells = complaintStatuses.flatMap((status) =>
  complaintCommands.map(({ type }) => ({ status, type, next: table[type][status] })));

describe('every status and every command', () => {
  it.each(cells.filter(({ next }) => next !== '-'))('$status: $type → $next', ({ status, type, next }) => {
    const { state } = given(...histories[status]);
    const decided = complaintDecider.decide(sent[type], state);
    if (isRefusal(decided)) throw new Error(decided.detail);
    expect(decided.reduce(complaintDecider.evolve, state).status).toBe(next === '=' ? status : next);
  });

  it.each(cells.filter(({ next }) => next === '-'))('$status: $type is refused, with what is allowed', ({ status, type }) => {
    given(...histories[status]).when(sent[type]).thenRefused({ refused: 'not-possible-now', kind: 'conflict', allowed: allowed[status] });
  });

  it.each(complaintStatuses)('%s: the histories of this table lead to it', (status) => {
    const { state } = given(...histories[status]);
    expect(state.status).toBe(status);
    expect(isOpen(state)).toBe(status !== 'unregistered' && status !== 'closed');
  });
});

describe('what is allowed', () => {
  it.each(complaintStatuses)('%s', (status) => {
    expect(allowedCommands(given(...histories[status]).state)).toStrictEqual(allowed[status]);
  });

  it('names no command that the status would refuse', () => {
    for (const status of complaintStatuses) for (const type of allowed[status]) expect(table[type][status]).not.toBe('-');
  });

  it('does not wait for a second acknowledgement', () => {
    expect(allowedCommands(given(...history(open, sent.AcknowledgeComplaint)).state)).not.toContain('AcknowledgeComplaint');
  });

  it('leaves out a reopening that would come too late', () => {
    const { state } = given(...histories.closed);
    expect(reopenableUntil(state, reference)).toBe(onMarch(10, '11:30'));
    expect(allowedCommands(state, { now: onMarch(10, '11:30'), reference })).toContain('ReopenComplaint');
    expect(allowedCommands(state, { now: onMarch(10, '11:31'), reference })).toStrictEqual(['RecordFollowUp']);
  });
});

describe('which command may precede the last change', () => {
  const before = monday('10:06');
  it.each(complaintCommands.filter(({ possibleIn }) => (possibleIn as readonly string[]).includes('routed')))('$type: $mayPrecedeLastStatusChange', ({ type, mayPrecedeLastStatusChange }) => {
    const decided = complaintDecider.decide({ ...sent[type], at: before } as ComplaintCommand, given(...histories.routed).state);
    expect(isRefusal(decided) ? decided.refused : 'taken').toBe(mayPrecedeLastStatusChange ? 'taken' : 'occurred-before-last-change');
  });

  it('only what is a fact beside the status, and the system\'s own note', () => {
    expect(complaintCommands.filter(({ mayPrecedeLastStatusChange }) => mayPrecedeLastStatusChange).map(({ type }) => type))
      .toStrictEqual(['AcknowledgeComplaint', 'RecordFollowUp', 'RecordBreach']);
    given(...histories.closed).when(late('RecordFollowUp', { note: '回访' }, before, noon))
      .then({ type: 'FollowUpRecorded', data: { note: '回访' }, occurredAt: before });
  });
});
