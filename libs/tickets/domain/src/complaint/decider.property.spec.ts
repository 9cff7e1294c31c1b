import { describe, expect, it } from '@jest/globals';
import { isRefusal, type Refusal } from '@atrium/kernel';
import fc from 'fast-check';
import { dueOf, verdict } from '../clock/verdict.js';
import { toInstant, toMs } from '../instant.js';
import { builtInReference as reference, calendarOf } from '../reference.js';
import { allowedCommands } from './allowed.js';
import type { ComplaintCommand, RegisterComplaintData } from './complaint-command.js';
import { desk, imported, late, send } from './complaint.fixture.js';
import { complaintDecider } from './decider.js';
import { outcomes, type ComplaintEvent } from './events.js';
import { clocksOf, initialComplaint, type ComplaintState } from './state.js';

const { decide, evolve } = complaintDecider;
const fold = (events: readonly ComplaintEvent[]): ComplaintState => events.reduce(evolve, initialComplaint);

const START_MS = toMs('2025-03-03T10:00:00.000+08:00');
const minute = (minutes: number): string => toInstant(START_MS + minutes * 60_000);

/** A command still without its time. */
type Step = (now: string) => ComplaintCommand;

const text = fc.constantFrom('甲', '乙');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((now) => send('RegisterComplaint', desk, now)),
  text.map((message): Step => (now) => send('AcknowledgeComplaint', { message }, now)),
  text.map((department): Step => (now) => send('RouteComplaint', { department }, now)),
  fc.integer({ min: -100, max: 3_000 }).map((ahead): Step => (now) => send('PromiseResolution', { dueAt: toInstant(toMs(now) + ahead * 60_000) }, now)),
  fc.constantFrom('customer' as const, 'merchant' as const).map((party): Step => (now) => send('StartWaiting', { party, reason: '等待' }, now)),
  fc.nat(1_500).map((earlier): Step => (now) => late('StartWaiting', { party: 'customer', reason: '等待' }, toInstant(toMs(now) - earlier * 60_000), now)),
  fc.constant<Step>((now) => send('EndWaiting', {}, now)),
  text.map((note): Step => (now) => send('RecordFollowUp', { note }, now)),
  text.map((resolution): Step => (now) => send('ResolveComplaint', { resolution }, now)),
  fc.constantFrom(...outcomes).map((outcome): Step => (now) => send('CloseComplaint', { outcome, reason: '结案' }, now)),
  fc.constant<Step>((now) => send('ReopenComplaint', { reason: '再次' }, now)),
);

/** Commands in the order of their times; the first registers. */
const commands: fc.Arbitrary<readonly ComplaintCommand[]> = fc.record({
  data: fc.constantFrom<RegisterComplaintData>(desk, imported),
  steps: fc.array(fc.tuple(step, fc.nat(1_500)), { minLength: 1, maxLength: 14 }),
}).map(({ data, steps }) => {
  let minutes = 0;
  return [send('RegisterComplaint', data, minute(0)), ...steps.map(([make, later]) => make(minute(minutes += later)))];
});

/** What comes of commands, each decided on what the ones before it wrote; refusals leave nothing. */
function run(sent: readonly ComplaintCommand[]): { readonly events: readonly ComplaintEvent[]; readonly refusals: readonly Refusal[] } {
  const events: ComplaintEvent[] = [];
  const refusals: Refusal[] = [];
  for (const command of sent) {
    const decided = decide(command, fold(events));
    if (isRefusal(decided)) refusals.push(decided);
    else events.push(...decided);
  }
  return { events, refusals };
}

const verdicts = (state: ComplaintState, now: string) =>
  clocksOf(state).map((clock) => ({ clockId: clock.clockId, ...verdict(clock, now, calendarOf(reference, clock.calendarVersion)) }));

const withoutBreaches = (events: readonly ComplaintEvent[]): readonly ComplaintEvent[] => events.filter(({ type }) => type !== 'ClockBreached');

describe('whatever is sent', () => {
  it('is answered by events or by a refusal that says what is allowed', () => {
    fc.assert(fc.property(commands, (sent) => {
      const events: ComplaintEvent[] = [];
      for (const command of sent) {
        const state = fold(events);
        const decided = decide(command, state);
        if (isRefusal(decided)) expect(decided.allowed).toStrictEqual(allowedCommands(state));
        else events.push(...decided);
        if (allowedCommands(state).includes(command.type)) expect(isRefusal(decided) && decided.refused).not.toBe('not-possible-now');
      }
    }));
  });

  it('folds the same from storage, and the same from a prefix and its rest', () => {
    fc.assert(fc.property(commands, fc.nat(), (sent, cut) => {
      const { events } = run(sent);
      const stored = JSON.parse(JSON.stringify(events)) as ComplaintEvent[];
      expect(stored).toStrictEqual(events);
      const at = cut % (events.length + 1);
      expect(stored.slice(at).reduce(evolve, fold(events.slice(0, at)))).toStrictEqual(fold(events));
    }));
  });

  it('changes neither the state nor the events it was decided on', () => {
    fc.assert(fc.property(commands, (sent) => {
      const { events } = run(sent);
      const before = JSON.stringify(events);
      const state = fold(events);
      const frozen = JSON.stringify(state);
      for (const command of sent) decide(command, state);
      fold(events);
      expect([JSON.stringify(events), JSON.stringify(state)]).toStrictEqual([before, frozen]);
    }));
  });

  it('leaves at most one clock of a name running, and none of a promise on a complaint that is resolved or closed', () => {
    fc.assert(fc.property(commands, (sent) => {
      const state = fold(run(sent).events);
      const running = clocksOf(state).filter(({ stoppedAt }) => stoppedAt === undefined).map(({ name }) => name);
      expect(new Set(running).size).toBe(running.length);
      if (state.status === 'resolved') expect(running).not.toContain('promised-time');
      if (state.status === 'closed') expect(running).toStrictEqual([]);
    }));
  });

  it('announces the due times that the verdict goes by', () => {
    fc.assert(fc.property(commands, (sent) => {
      const { events } = run(sent);
      events.forEach((event, index) => {
        if (event.type !== 'ClockResumed') return;
        const clock = clocksOf(fold(events.slice(0, index + 1))).find(({ clockId }) => clockId === event.data.clockId);
        expect(clock && dueOf(clock, calendarOf(reference, clock.calendarVersion))).toStrictEqual({ dueAt: event.data.dueAt });
      });
    }));
  });
});

describe('the scheduler', () => {
  it('may come at any time, any number of times or never: the rest is the same', () => {
    fc.assert(fc.property(commands, fc.array(fc.tuple(fc.nat(15), fc.nat(20_000), fc.constantFrom('acknowledge-1', 'promised-time-1', 'promised-time-2'))), fc.nat(30_000), (sent, notices, now) => {
      const noticed = notices.reduce<readonly ComplaintCommand[]>(
        (some, [place, minutes, clockId]) => some.toSpliced(place + 1, 0, send('RecordBreach', { clockId }, minute(minutes))), sent,
      );
      const [without, having] = [run(sent).events, run(noticed).events];
      expect(withoutBreaches(having)).toStrictEqual(without);
      expect(verdicts(fold(having), minute(now))).toStrictEqual(verdicts(fold(without), minute(now)));
    }));
  });

  /** Promised times and waits that are recorded up to a day late, so that a poll may come between a wait and its recording. */
  const paused: fc.Arbitrary<readonly ComplaintCommand[]> = fc.record({
    ahead: fc.integer({ min: 1, max: 1_500 }),
    waits: fc.array(fc.record({ before: fc.nat(1_500), recorded: fc.nat(1_500), length: fc.nat(600) }), { minLength: 1, maxLength: 3 }),
  }).map(({ ahead, waits }) => {
    let minutes = 2;
    return [
      send('RegisterComplaint', desk, minute(0)), send('RouteComplaint', { department: '甲' }, minute(1)), send('PromiseResolution', { dueAt: minute(2 + ahead) }, minute(2)),
      ...waits.flatMap(({ before, recorded, length }) => {
        const began = minutes += before;
        const entered = minutes += recorded;
        return [late('StartWaiting', { party: 'customer', reason: '等待' }, minute(began), minute(entered)), send('EndWaiting', {}, minute(minutes += length))];
      }),
    ];
  });

  it('notices each due time that a broken clock has had once, and in the end those that count', () => {
    fc.assert(fc.property(fc.oneof(commands, paused), fc.nat(30_000), (sent, minutes) => {
      const end = minute(30_000 + minutes);
      const pollsAt = (now: string) => ['acknowledge-1', 'promised-time-1', 'promised-time-2'].map((clockId) => send('RecordBreach', { clockId }, now));
      const polled = sent.flatMap((command) => [...pollsAt(command.now), command]);
      const last = clocksOf(fold(run(sent).events)).map(({ clockId }) => send('RecordBreach', { clockId }, end));
      const { events } = run([...polled, ...last, ...last]);
      const noticed = events.flatMap(({ type, data }) => (type === 'ClockBreached' ? [`${data.clockId} ${data.dueAt}`] : []));
      expect(new Set(noticed).size).toBe(noticed.length);
      const broken = verdicts(fold(events), end).filter(({ state: reached }) => reached === 'broken');
      expect(noticed).toEqual(expect.arrayContaining(broken.map(({ clockId, dueAt }) => `${clockId} ${dueAt}`)));
    }));
  });

  it('notices no clock that was never broken', () => {
    fc.assert(fc.property(commands, fc.nat(30_000), (sent, minutes) => {
      const now = minute(30_000 + minutes);
      const { events } = run(sent);
      const state = fold(events);
      const polls = clocksOf(state).map(({ clockId }) => send('RecordBreach', { clockId }, now));
      const { events: after } = run([...sent, ...polls, ...polls]);
      const broken = verdicts(state, now).filter(({ state: reached }) => reached === 'broken').map(({ clockId }) => clockId);
      expect(after.slice(events.length).map((event) => event.type === 'ClockBreached' && event.data.clockId)).toStrictEqual(broken);
    }));
  });
});

describe('an acknowledgement that is recorded late', () => {
  const end = 40_000;
  const reply = (minutes: number): ComplaintCommand => late('AcknowledgeComplaint', { message: '丙' }, minute(minutes), minute(end));
  const others = commands.map((sent) => sent.filter(({ type }) => type !== 'AcknowledgeComplaint'));

  it('comes to the same verdict wherever it lies in the order of recording', () => {
    fc.assert(fc.property(others, fc.nat(60), fc.nat(13), (sent, minutes, place) => {
      const judged = [1, place + 1, sent.length].map((index) => {
        const state = fold(run(sent.toSpliced(index, 0, reply(minutes))).events);
        return verdicts(state, minute(end));
      });
      expect(judged[1]).toStrictEqual(judged[0]);
      expect(judged[2]).toStrictEqual(judged[0]);
    }));
  });

  it('among several is the earliest, in every order', () => {
    fc.assert(fc.property(others, fc.array(fc.nat(60), { minLength: 2, maxLength: 4 }), (sent, times) => {
      const [one, two] = [times, times.toReversed()].map((order) => fold(run([...sent, ...order.map(reply)]).events));
      expect(one).toMatchObject({ facts: { acknowledgedAt: minute(Math.min(...times)) } });
      expect(two).toMatchObject({ facts: { acknowledgedAt: minute(Math.min(...times)) } });
      expect(two && verdicts(two, minute(end))).toStrictEqual(one && verdicts(one, minute(end)));
    }));
  });
});
