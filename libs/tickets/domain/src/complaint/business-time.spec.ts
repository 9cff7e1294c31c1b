import { describe, expect, it } from '@jest/globals';
import { specify } from '@atrium/testing';
import { builtInReference as reference } from '../reference.js';
import { desk, history, imported, late, monday, onMarch, send } from './complaint.fixture.js';
import { complaintDecider } from './decider.js';
import type { ComplaintEvent } from './events.js';

const { given } = specify(complaintDecider);

const open = send('RegisterComplaint', desk, monday('10:05'));
const route = send('RouteComplaint', { department: '工程部' }, monday('10:10'));
const promise = send('PromiseResolution', { dueAt: monday('18:00') }, monday('10:15'));
const resolve = send('ResolveComplaint', { resolution: '已修复' }, monday('15:00'));
const routed = history(open, route);
const promised = history(open, route, promise);
const waiting = history(open, route, promise, send('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('11:00')));

describe('recording a breach', () => {
  const notice = (now: string) => send('RecordBreach', { clockId: 'promised-time-1' }, now);
  const breached: ComplaintEvent = { type: 'ClockBreached', data: { clockId: 'promised-time-1', dueAt: monday('18:00') }, occurredAt: monday('18:00') };

  it('asks the verdict: not before the time has run out, then once', () => {
    given(...promised).when(notice(monday('18:00'))).thenNothing();
    given(...promised).when(notice(onMarch(4, '09:00'))).then(breached);
    given(...promised, breached).when(notice(onMarch(5, '09:00'))).thenNothing();
  });

  it('notices the new due time that a pause gave when it was recorded late', () => {
    const pausedLate = history(
      open, route, promise, notice(monday('18:01')),
      late('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('17:30'), monday('19:00')), send('EndWaiting', {}, monday('20:00')),
    );
    given(...pausedLate).when(notice(monday('20:30'))).thenNothing();
    const again: ComplaintEvent = { type: 'ClockBreached', data: { clockId: 'promised-time-1', dueAt: monday('20:30') }, occurredAt: monday('20:30') };
    given(...pausedLate).when(notice(monday('21:00'))).then(again);
    given(...pausedLate, again).when(notice(monday('21:01'))).thenNothing();
  });

  it('does nothing for a clock that stands still or was stopped in time', () => {
    given(...waiting).when(notice(onMarch(9, '09:00'))).thenNothing();
    given(...history(open, route, promise, resolve)).when(notice(onMarch(9, '09:00'))).thenNothing();
  });

  it('comes late for a clock that was stopped too late', () => {
    given(...history(open, route, promise, { ...resolve, now: monday('18:01') })).when(notice(onMarch(9, '09:00'))).then(breached);
  });

  it('never occurs before its clock was started', () => {
    const past = history(send('RegisterComplaint', imported, monday('10:05')), { ...promise, data: { dueAt: monday('00:00') } });
    given(...past).when(notice(onMarch(4, '09:00')))
      .then({ type: 'ClockBreached', data: { clockId: 'promised-time-1', dueAt: monday('00:00') }, occurredAt: monday('10:15') });
  });

  it('refuses a clock that the case does not have', () => {
    given(...routed).when(notice(monday('18:00'))).thenRefused({ refused: 'unknown-clock', kind: 'invalid' });
  });
});

describe('business time', () => {
  it('lies at most two minutes ahead of now', () => {
    given().when(late('RegisterComplaint', desk, monday('10:07'), monday('10:05'))).then(...history({ ...open, now: monday('10:07') }));
    given().when(late('RegisterComplaint', desk, monday('10:07').replace('.000', '.001'), monday('10:05')))
      .thenRefused({ refused: 'occurred-in-future', kind: 'invalid' });
  });

  it('never lies before the opening, not even where a command may precede the last change', () => {
    for (const command of [
      late('AcknowledgeComplaint', {}, monday('10:04'), monday('12:00')),
      late('RecordFollowUp', { note: '回访' }, monday('10:04'), monday('12:00')),
      late('ResolveComplaint', { resolution: '已修复' }, monday('10:04'), monday('12:00')),
    ]) given(...routed).when(command).thenRefused({ refused: 'occurred-before-opening', kind: 'invalid' });
  });

  it('lies at or after the last change of status or promise elsewhere', () => {
    given(...routed).when(late('ResolveComplaint', { resolution: '已修复' }, monday('10:09'), monday('12:00')))
      .thenRefused({ refused: 'occurred-before-last-change', kind: 'invalid' });
    given(...promised).when(late('ResolveComplaint', { resolution: '已修复' }, monday('10:14'), monday('12:00')))
      .thenRefused({ refused: 'occurred-before-last-change', kind: 'invalid' });
    given(...routed).when(late('ResolveComplaint', { resolution: '已修复' }, monday('10:10'), monday('12:00')))
      .then({ type: 'ComplaintResolved', data: { resolution: '已修复' }, occurredAt: monday('10:10') });
  });

  it('when nobody gave it, follows a change that a faster clock recorded', () => {
    const ahead = history(late('RegisterComplaint', imported, monday('10:06'), monday('10:05')));
    given(...ahead).when(send('RouteComplaint', { department: '工程部' }, monday('10:05')))
      .then({ type: 'ComplaintRouted', data: { department: '工程部' }, occurredAt: monday('10:06') });
  });
});

describe('folding', () => {
  it('keeps the first acknowledgement and the last change in whatever order they come', () => {
    const replies = ['10:40', '10:12'].map((time): ComplaintEvent => ({ type: 'ComplaintAcknowledged', data: {}, occurredAt: monday(time) }));
    const routes = ['10:50', '10:20'].map((time): ComplaintEvent => ({ type: 'ComplaintRouted', data: { department: '工程部' }, occurredAt: monday(time) }));
    for (const events of [[...replies, ...routes], [...replies.toReversed(), ...routes.toReversed()]]) {
      expect(given(...routed, ...events).state).toMatchObject({ facts: { acknowledgedAt: monday('10:12'), lastChangeAt: monday('10:50') } });
    }
  });

  it('says nothing of a complaint whose opening is not known', () => {
    expect(given(...promised.slice(1)).state).toStrictEqual({ status: 'unregistered' });
  });

  it('ignores a second registration', () => expect(given(...promised, ...history(open).slice(0, 1)).state).toStrictEqual(given(...promised).state));

  it('throws only on a type it does not know', () => {
    const unknown = { type: 'ComplaintForgotten', data: {}, occurredAt: monday('10:00') } as unknown as ComplaintEvent;
    expect(() => given(unknown)).toThrow('Unknown event');
    expect(() => given(...routed, unknown)).toThrow('Unknown event');
  });

  it('fails on a version that is not loaded, and does not refuse', () => {
    expect(() => given(...routed).when({ ...promise, reference: { ...reference, policies: {} } })).toThrow('The policy "desk-1" is not known here');
  });
});
