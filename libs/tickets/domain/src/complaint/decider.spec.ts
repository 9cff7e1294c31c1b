import { describe, expect, it } from '@jest/globals';
import { specify } from '@atrium/testing';
import { builtInReference, policyOf, type Reference } from '../reference.js';
import { desk, history, imported, late, monday, onMarch, send } from './complaint.fixture.js';
import { complaintDecider } from './decider.js';
import type { ComplaintEvent } from './events.js';

const { given } = specify(complaintDecider);

const imported1 = policyOf(builtInReference, 'imported-1');
const versions = { policyVersion: 'desk-1', calendarVersion: 'main-1' };
const open = send('RegisterComplaint', desk, monday('10:05'));
const route = send('RouteComplaint', { department: '工程部' }, monday('10:10'));
const promise = send('PromiseResolution', { dueAt: monday('18:00') }, monday('10:15'));
const waitForCustomer = send('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('11:00'));
const endWaiting = send('EndWaiting', {}, monday('12:30'));
const resolve = send('ResolveComplaint', { resolution: '已修复' }, monday('15:00'));
const closeResolved = send('CloseComplaint', { outcome: 'resolved', reason: '顾客满意' }, monday('16:00'));
const routed = history(open, route);
const promised = history(open, route, promise);
const waiting = history(open, route, promise, waitForCustomer);

describe('registering', () => {
  it('opens the case; the customer awaits a reply within 15 minutes of opening hours', () => {
    given().when(open).then(
      { type: 'ComplaintRegistered', data: desk, occurredAt: monday('10:05') },
      {
        type: 'ClockStarted',
        data: { clockId: 'acknowledge-1', name: 'acknowledge', mode: 'open', limitMs: 900_000, dueAt: monday('10:20'), ...versions },
        occurredAt: monday('10:05'),
      },
    );
  });

  it('counts opening hours only: what comes in at 21:50 is due at 10:05 of the next day', () => {
    expect(history({ ...open, now: monday('21:50') })[1]).toMatchObject({ type: 'ClockStarted', data: { dueAt: onMarch(4, '10:05') } });
    expect(history({ ...open, now: monday('07:00') })[1]).toMatchObject({ type: 'ClockStarted', data: { dueAt: monday('10:15') } });
  });

  it('starts no clock under a policy that asks for no acknowledgement', () => {
    given().when(send('RegisterComplaint', imported, monday('10:05')))
      .then({ type: 'ComplaintRegistered', data: imported, occurredAt: monday('10:05') });
  });

  it('refuses versions that are not known, also such as every object has', () => {
    for (const version of ['desk-9', 'constructor', '__proto__']) {
      given().when({ ...open, data: { ...desk, policyVersion: version } }).thenRefused({ refused: 'unknown-policy', kind: 'invalid' });
      given().when({ ...open, data: { ...desk, calendarVersion: version } }).thenRefused({ refused: 'unknown-calendar', kind: 'invalid' });
    }
  });

  it('refuses what happened after it was complained about', () => {
    given().when({ ...open, data: { ...desk, eventAt: monday('10:08') } }).thenRefused({ refused: 'happened-in-future', kind: 'invalid' });
  });

  it('keeps whose key seals the case', () => {
    const sealed = { sealed: 'AAAA', personId: 'p-1', field: 'complainant.name' };
    const state = given(...history({ ...open, data: { ...desk, complainant: { personId: 'p-1', name: sealed } } })).state;
    expect(state).toMatchObject({ facts: { personId: 'p-1' } });
  });
});

describe('acknowledging', () => {
  const acknowledged = [
    { type: 'ComplaintAcknowledged', data: { message: '已收到' }, occurredAt: monday('10:12') },
    { type: 'ClockStopped', data: { clockId: 'acknowledge-1', why: 'done' }, occurredAt: monday('10:12') },
  ] as const satisfies readonly ComplaintEvent[];
  const acknowledge = send('AcknowledgeComplaint', { message: '已收到' }, monday('10:12'));

  it('stops its clock', () => given(...routed).when(acknowledge).then(...acknowledged));

  it('twice is once', () => {
    for (const time of ['10:12', '10:13']) given(...history(open, acknowledge)).when(send('AcknowledgeComplaint', {}, monday(time))).thenNothing();
  });

  it('a second time with a message is refused, so that the message is not lost', () => {
    for (const time of ['10:12', '10:13']) {
      given(...history(open, acknowledge)).when({ ...acknowledge, now: monday(time) }).thenRefused({
        refused: 'already-acknowledged', kind: 'conflict', detail: `The complaint was acknowledged at ${monday('10:12')}: record the message as a follow-up`,
      });
    }
  });

  it('counts the earlier of two replies, though it is recorded later', () => {
    given(...history(open, route, { ...acknowledge, now: monday('10:40') }))
      .when(late('AcknowledgeComplaint', { message: '已收到' }, monday('10:12'), monday('12:00')))
      .then(...acknowledged);
  });

  it('is taken late on a closed case, whose clock then stopped when the reply was given', () => {
    const closed = history(open, send('CloseComplaint', { outcome: 'duplicate', reason: '重复' }, monday('10:50')));
    given(...closed).when(late('AcknowledgeComplaint', { message: '已收到' }, monday('10:12'), monday('12:00'))).then(...acknowledged);
  });

  it('after closing is a reply and no more', () => {
    const closed = history(open, send('CloseComplaint', { outcome: 'duplicate', reason: '重复' }, monday('10:50')));
    given(...closed).when(send('AcknowledgeComplaint', {}, monday('11:00')))
      .then({ type: 'ComplaintAcknowledged', data: {}, occurredAt: monday('11:00') });
  });
});

describe('routing', () => {
  it('names a department and a queue, and may be repeated for another', () => {
    given(...routed).when(send('RouteComplaint', { department: '工程部', queue: '电梯', reason: '专业' }, monday('10:30')))
      .then({ type: 'ComplaintRouted', data: { department: '工程部', queue: '电梯', reason: '专业' }, occurredAt: monday('10:30') });
  });

  it('to where it is already does nothing', () => {
    given(...routed).when({ ...route, now: monday('10:30') }).thenNothing();
    const queued = send('RouteComplaint', { department: '工程部', queue: '电梯', reason: '专业' }, monday('10:20'));
    given(...history(open, queued)).when(send('RouteComplaint', { department: '工程部', queue: '电梯' }, monday('10:30'))).thenNothing();
  });

  it('to where it is already, with a reason, records the reason', () => {
    given(...routed).when(send('RouteComplaint', { department: '工程部', reason: '顾客再次来电' }, monday('10:30')))
      .then({ type: 'ComplaintRouted', data: { department: '工程部', reason: '顾客再次来电' }, occurredAt: monday('10:30') });
  });

  it('forgets the queue of the department left', () => {
    const state = given(...history(open, send('RouteComplaint', { department: 'A', queue: 'q' }, monday('10:06')), route)).state;
    expect(state).toMatchObject({ status: 'routed', facts: { department: '工程部' } });
    expect(state).not.toHaveProperty('facts.queue');
  });
});

describe('promising a time', () => {
  const started = (clockId: string, dueAt: string, occurredAt: string): ComplaintEvent =>
    ({ type: 'ClockStarted', data: { clockId, name: 'promised-time', mode: 'wall', dueAt, ...versions }, occurredAt });

  it('starts a clock', () => {
    given(...routed).when(promise).then(
      { type: 'ResolutionPromised', data: { dueAt: monday('18:00'), clockId: 'promised-time-1' }, occurredAt: monday('10:15') },
      started('promised-time-1', monday('18:00'), monday('10:15')),
    );
  });

  it('again supersedes the old clock by a new one', () => {
    given(...promised).when(send('PromiseResolution', { dueAt: monday('20:00') }, monday('17:00'))).then(
      { type: 'ResolutionPromised', data: { dueAt: monday('20:00'), clockId: 'promised-time-2' }, occurredAt: monday('17:00') },
      { type: 'ClockStopped', data: { clockId: 'promised-time-1', why: 'superseded' }, occurredAt: monday('17:00') },
      started('promised-time-2', monday('20:00'), monday('17:00')),
    );
  });

  it('again for the time that stands does nothing', () => given(...promised).when({ ...promise, now: monday('10:30') }).thenNothing());

  it('while the customer is waited for starts a clock that stands still', () => {
    given(...history(open, route, waitForCustomer)).when(send('PromiseResolution', { dueAt: monday('18:00') }, monday('11:10'))).then(
      { type: 'ResolutionPromised', data: { dueAt: monday('18:00'), clockId: 'promised-time-1' }, occurredAt: monday('11:10') },
      started('promised-time-1', monday('18:00'), monday('11:10')),
      { type: 'ClockPaused', data: { clockId: 'promised-time-1' }, occurredAt: monday('11:10') },
    );
  });

  it('that has passed already stands still for nobody', () => {
    const reference = { ...builtInReference, policies: { 'imported-1': { ...imported1, pauses: { customer: ['promised-time'], merchant: [] } } } } satisfies Reference;
    const kept = history(send('RegisterComplaint', imported, monday('10:05')), route, waitForCustomer);
    for (const [dueAt, paused] of [[monday('11:09'), 0], [monday('11:10'), 0], [monday('11:11'), 1]] as const) {
      const decided = complaintDecider.decide({ ...send('PromiseResolution', { dueAt }, monday('11:10')), reference }, given(...kept).state);
      expect(decided).toHaveLength(2 + paused);
    }
  });

  it('must lie ahead', () => {
    for (const dueAt of [monday('09:00'), monday('10:14'), monday('10:15')]) {
      given(...routed).when({ ...promise, data: { dueAt } }).thenRefused({ refused: 'promise-before-now', kind: 'invalid' });
    }
  });

  it('is taken as it stands from another system, even before the opening', () => {
    const dueAt = monday('00:00');
    given(...history(send('RegisterComplaint', imported, monday('10:05')))).when({ ...promise, data: { dueAt } }).then(
      { type: 'ResolutionPromised', data: { dueAt, clockId: 'promised-time-1' }, occurredAt: monday('10:15') },
      {
        type: 'ClockStarted',
        data: { clockId: 'promised-time-1', name: 'promised-time', mode: 'wall', dueAt, policyVersion: 'imported-1', calendarVersion: 'boston-1' },
        occurredAt: monday('10:15'),
      },
    );
  });
});

describe('waiting', () => {
  it('for the customer pauses the promised time and not the first reply', () => {
    given(...promised).when(waitForCustomer).then(
      { type: 'WaitingStarted', data: { party: 'customer', reason: '等待发票' }, occurredAt: monday('11:00') },
      { type: 'ClockPaused', data: { clockId: 'promised-time-1' }, occurredAt: monday('11:00') },
    );
  });

  it('for the merchant pauses nothing', () => {
    given(...promised).when(send('StartWaiting', { party: 'merchant', reason: '等待商户' }, monday('11:00')))
      .then({ type: 'WaitingStarted', data: { party: 'merchant', reason: '等待商户' }, occurredAt: monday('11:00') });
  });

  it('pauses no clock whose time has run out', () => {
    for (const time of ['18:00', '18:01']) {
      given(...promised).when({ ...waitForCustomer, now: monday(time) })
        .then({ type: 'WaitingStarted', data: { party: 'customer', reason: '等待发票' }, occurredAt: monday(time) });
    }
  });

  it('when it ends moves the due time by as long as it lasted', () => {
    given(...waiting).when(endWaiting).then(
      { type: 'WaitingEnded', data: {}, occurredAt: monday('12:30') },
      { type: 'ClockResumed', data: { clockId: 'promised-time-1', dueAt: monday('19:30') }, occurredAt: monday('12:30') },
    );
  });

  it('a second time moves it further', () => {
    const again = history(open, route, promise, waitForCustomer, endWaiting, { ...waitForCustomer, now: monday('19:00') });
    given(...again).when({ ...endWaiting, now: onMarch(4, '10:00') }).then(
      { type: 'WaitingEnded', data: {}, occurredAt: onMarch(4, '10:00') },
      { type: 'ClockResumed', data: { clockId: 'promised-time-1', dueAt: onMarch(4, '10:30') }, occurredAt: onMarch(4, '10:00') },
    );
  });
});

describe('following up', () => {
  it('is recorded at any time of an existing case, also late', () => {
    given(...history(open, route, resolve, closeResolved)).when(late('RecordFollowUp', { note: '回访' }, monday('12:00'), monday('17:00')))
      .then({ type: 'FollowUpRecorded', data: { note: '回访' }, occurredAt: monday('12:00') });
  });
});

describe('resolving and closing', () => {
  it('resolving stops the promised time; the first reply is still owed', () => {
    given(...promised).when(resolve).then(
      { type: 'ComplaintResolved', data: { resolution: '已修复' }, occurredAt: monday('15:00') },
      { type: 'ClockStopped', data: { clockId: 'promised-time-1', why: 'done' }, occurredAt: monday('15:00') },
    );
  });

  it('closing as resolved follows a resolution', () => {
    given(...promised).when(closeResolved)
      .thenRefused({ refused: 'not-resolved', kind: 'conflict', detail: 'The complaint is routed: resolve it first, or close it with another outcome' });
    given(...history(open, route, promise, resolve)).when(closeResolved).then(
      { type: 'ComplaintClosed', data: { outcome: 'resolved', reason: '顾客满意' }, occurredAt: monday('16:00') },
      { type: 'ClockStopped', data: { clockId: 'acknowledge-1', why: 'case-closed' }, occurredAt: monday('16:00') },
    );
  });

  it('closing with another outcome stops every clock, also one that stands still', () => {
    given(...waiting).when(send('CloseComplaint', { outcome: 'withdrawn', reason: '顾客撤回' }, monday('12:00'))).then(
      { type: 'ComplaintClosed', data: { outcome: 'withdrawn', reason: '顾客撤回' }, occurredAt: monday('12:00') },
      { type: 'ClockStopped', data: { clockId: 'acknowledge-1', why: 'case-closed' }, occurredAt: monday('12:00') },
      { type: 'ClockStopped', data: { clockId: 'promised-time-1', why: 'case-closed' }, occurredAt: monday('12:00') },
    );
  });
});

describe('closing that is recorded after a later reply', () => {
  it('stopped the first reply all the same', () => {
    const replied = history(open, late('AcknowledgeComplaint', {}, monday('10:30'), monday('12:00')));
    given(...replied).when(late('CloseComplaint', { outcome: 'duplicate', reason: '重复' }, monday('10:15'), monday('12:00'))).then(
      { type: 'ComplaintClosed', data: { outcome: 'duplicate', reason: '重复' }, occurredAt: monday('10:15') },
      { type: 'ClockStopped', data: { clockId: 'acknowledge-1', why: 'case-closed' }, occurredAt: monday('10:15') },
    );
  });
});

describe('reopening', () => {
  const reopen = send('ReopenComplaint', { reason: '再次故障' }, onMarch(10, '16:00'));
  const closed = history(open, route, promise, resolve, closeResolved);

  it('is possible for seven days, to the millisecond', () => {
    given(...closed).when(reopen).then({ type: 'ComplaintReopened', data: { reason: '再次故障' }, occurredAt: onMarch(10, '16:00') });
    given(...closed).when({ ...reopen, now: onMarch(10, '16:00').replace('.000Z', '.001Z') }).thenRefused({ refused: 'reopen-too-late', kind: 'conflict' });
  });

  it('cannot be dated back into the limit', () => {
    given(...closed).when(late('ReopenComplaint', { reason: '再次故障' }, onMarch(4, '10:00'), onMarch(11, '10:00'))).thenRefused({ refused: 'reopen-too-late', kind: 'conflict' });
    given(...closed).when(late('ReopenComplaint', { reason: '再次故障' }, onMarch(4, '10:00'), onMarch(10, '10:00')))
      .then({ type: 'ComplaintReopened', data: { reason: '再次故障' }, occurredAt: onMarch(4, '10:00') });
  });

  it('nor ahead of it, by a clock that goes fast', () => {
    given(...closed).when(late('ReopenComplaint', { reason: '再次故障' }, onMarch(10, '16:01'), onMarch(10, '16:00'))).thenRefused({ refused: 'reopen-too-late', kind: 'conflict' });
  });

  it('of another system\'s case is judged by when it was reopened there', () => {
    const ended = history(send('RegisterComplaint', imported, monday('10:05')), resolve, closeResolved);
    given(...ended).when({ ...reopen, at: onMarch(4, '10:00'), now: onMarch(30, '10:00') })
      .then({ type: 'ComplaintReopened', data: { reason: '再次故障' }, occurredAt: onMarch(4, '10:00') });
    given(...ended).when({ ...reopen, at: onMarch(11, '10:00'), now: onMarch(30, '10:00') }).thenRefused({ refused: 'reopen-too-late', kind: 'conflict' });
  });

  it('goes back to the department, or to the desk where there was none', () => {
    expect(given(...closed).state.status).toBe('closed');
    expect(given(...history(open, route, resolve, closeResolved, reopen)).state.status).toBe('routed');
    expect(given(...history(open, resolve, { ...reopen, now: monday('15:30') })).state.status).toBe('registered');
  });

  it('starts no clock; a new promise starts the next one', () => {
    given(...history(open, route, promise, resolve, closeResolved, reopen))
      .when(send('PromiseResolution', { dueAt: onMarch(11, '12:00') }, onMarch(10, '17:00')))
      .then(
        { type: 'ResolutionPromised', data: { dueAt: onMarch(11, '12:00'), clockId: 'promised-time-2' }, occurredAt: onMarch(10, '17:00') },
        {
          type: 'ClockStarted',
          data: { clockId: 'promised-time-2', name: 'promised-time', mode: 'wall', dueAt: onMarch(11, '12:00'), ...versions },
          occurredAt: onMarch(10, '17:00'),
        },
      );
  });
});
