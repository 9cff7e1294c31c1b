import { describe, expect, it } from '@jest/globals';
import { latestClock } from '../clock/latest.js';
import { builtInReference as reference } from '../reference.js';
import type { ComplaintCommand } from './complaint-command.js';
import { desk, history, imported, monday, onMarch, send } from './complaint.fixture.js';
import { complaintDecider } from './decider.js';
import { clocksOf, initialComplaint, type ComplaintState } from './state.js';
import { countComplaint, noComplaints } from './totals.js';

const fold = (...commands: readonly ComplaintCommand[]): ComplaintState => history(...commands).reduce(complaintDecider.evolve, initialComplaint);

const phoned = send('RegisterComplaint', imported, monday('10:00'));
const open = send('RegisterComplaint', desk, monday('10:00'));
const routeTo = (department: string) => send('RouteComplaint', { department }, monday('10:05'));
const promise = send('PromiseResolution', { dueAt: monday('18:00') }, monday('10:10'));
const resolveAt = (time: string) => send('ResolveComplaint', { resolution: '已修复' }, monday(time));
const closeAt = (time: string) => send('CloseComplaint', { outcome: 'resolved', reason: '顾客满意' }, monday(time));
const withdrawAt = (time: string) => send('CloseComplaint', { outcome: 'withdrawn', reason: '顾客撤回' }, monday(time));

const cases: readonly ComplaintState[] = [
  initialComplaint,
  fold(phoned, routeTo('PWDx'), promise, resolveAt('18:00'), closeAt('20:00')),
  fold(phoned, routeTo('PWDx'), promise, resolveAt('18:01'), closeAt('20:00')),
  fold(phoned, routeTo('PWDx'), promise, withdrawAt('19:00')),
  fold(phoned, routeTo('PARK'), promise),
  fold(phoned, routeTo('constructor'), promise, resolveAt('12:00')),
  fold(phoned, routeTo('PARK'), withdrawAt('12:00')),
  fold(open, routeTo('PARK'), promise, send('StartWaiting', { party: 'customer', reason: '等待发票' }, monday('11:00'))),
  fold(open, promise, send('PromiseResolution', { dueAt: onMarch(4, '18:00') }, monday('19:00'))),
];

const count = (states: readonly ComplaintState[], now: string) =>
  states.reduce((totals, state) => countComplaint(totals, state, now, reference), noComplaints);

describe('totals', () => {
  it('judge each case by its latest promise at one time', () => {
    expect(count(cases, onMarch(4, '10:00'))).toStrictEqual({
      cases: 8, closed: 4, open: 4, promisesKept: 2, promisesBroken: 3, closedLate: 2, openOverdue: 1,
      byDepartment: { PWDx: 3, PARK: 3, constructor: 1 },
      byChannel: { phone: 6, desk: 2 },
    });
  });

  it('find open promises broken as time goes by, and never the others', () => {
    expect(count(cases, monday('18:00'))).toMatchObject({ promisesKept: 2, promisesBroken: 2, closedLate: 2, openOverdue: 0 });
    expect(count(cases, onMarch(4, '18:00'))).toMatchObject({ promisesKept: 2, promisesBroken: 3, closedLate: 2, openOverdue: 1 });
    expect(count(cases, onMarch(30, '18:00'))).toMatchObject({ promisesKept: 2, promisesBroken: 4, closedLate: 2, openOverdue: 2 });
  });

  it('do not depend on the order of the cases', () => {
    expect(count(cases.toReversed(), onMarch(4, '10:00'))).toEqual(count(cases, onMarch(4, '10:00')));
  });

  it('of nothing are nothing', () => expect(count([], monday('10:00'))).toStrictEqual(noComplaints));
});

describe('the latest promise', () => {
  it('is the one given last', () => {
    const clocks = clocksOf(cases[8] as ComplaintState);
    for (const known of [clocks, clocks.toReversed()]) expect(latestClock(known, 'promised-time')).toMatchObject({ clockId: 'promised-time-2' });
    expect(latestClock(clocksOf(initialComplaint), 'promised-time')).toBeUndefined();
  });
});
