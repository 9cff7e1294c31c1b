import { describe, expect, it } from '@jest/globals';
import { allowedCommands, nextCommand } from './allowed.js';
import { desk, history, monday, send } from './complaint.fixture.js';
import type { ComplaintCommand } from './complaint-command.js';
import { complaintDecider } from './decider.js';

const open = send('RegisterComplaint', desk, monday('10:05'));
const reply = send('AcknowledgeComplaint', {}, monday('10:10'));
const route = send('RouteComplaint', { department: '工程部' }, monday('10:20'));
const promise = send('PromiseResolution', { dueAt: monday('18:00') }, monday('10:25'));
const wait = send('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('10:30'));
const resolve = send('ResolveComplaint', { resolution: '已修复' }, monday('11:00'));
const close = send('CloseComplaint', { outcome: 'resolved', reason: '顾客满意' }, monday('11:30'));
const reopen = send('ReopenComplaint', { reason: '再次故障' }, monday('12:00'));

describe('what comes next', () => {
  it.each<readonly [string, string | undefined, ...ComplaintCommand[]]>([
    ['nothing is known yet', 'RegisterComplaint'],
    ['no reply was given', 'AcknowledgeComplaint', open],
    ['no reply was given, though it was routed', 'AcknowledgeComplaint', open, route],
    ['no reply was given, though somebody is waited for', 'AcknowledgeComplaint', open, route, wait],
    ['nobody has it yet', 'RouteComplaint', open, reply],
    ['no time is promised', 'PromiseResolution', open, reply, route],
    ['a promise is to be kept', 'ResolveComplaint', open, reply, route, promise],
    ['somebody is waited for', 'EndWaiting', open, reply, route, promise, wait],
    ['it is resolved', 'CloseComplaint', open, reply, route, promise, resolve],
    ['it is resolved, and no reply was ever given', 'CloseComplaint', open, resolve],
    ['it is closed', undefined, open, reply, route, promise, resolve, close],
    ['it was reopened: the kept promise is no promise any more', 'PromiseResolution', open, reply, route, promise, resolve, close, reopen],
  ])('when %s', (_when, next, ...commands) => {
    const state = history(...commands).reduce(complaintDecider.evolve, complaintDecider.initialState);
    expect(nextCommand(state)).toBe(next);
    if (next !== undefined) expect(allowedCommands(state)).toContain(next);
  });
});
