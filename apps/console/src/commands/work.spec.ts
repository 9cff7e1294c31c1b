import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../api.js';
import type { CommandAnswer, CommandRequest } from '../api.js';
import { createWorkStore, isWorthRepeating, outcomeOf, workId } from './work.js';

const id = workId('李娜', 'c-1', 'RecordFollowUp');
const answer: CommandAnswer = { id: 'c-1', events: [] };
const problem = (status: number, code: string, more: object = {}) => new ProblemError({ title: 't', status, code, ...more });

const begun = () => {
  let keys = 0;
  const sent: CommandRequest[] = [];
  const store = createWorkStore(() => `key-${(keys += 1)}`);
  store.begin(id, { values: { '/note': 'a' }, seen: '7' });
  const send = (outcome: CommandAnswer | Error, body: object = { note: 'a' }) => store.send(id, '/c-1/record-follow-up', body, (request) => {
    sent.push(request);
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  });
  return { store, sent, send, keys: () => sent.map(({ key }) => key) };
};

describe('a command on its way', () => {
  it('carries the revision that was seen, and is forgotten once it is done', async () => {
    const { store, sent, send } = begun();
    expect(await send(answer)).toBe(answer);
    expect(sent).toEqual([{ path: '/c-1/record-follow-up', body: { note: 'a' }, key: 'key-1', ifMatch: '7' }]);
    expect(store.get(id)).toBeUndefined();
  });

  it('is sent once by two clicks', async () => {
    const { send, sent } = begun();
    const [first, second] = await Promise.all([send(answer), send(answer)]);
    expect([first, second]).toEqual([answer, undefined]);
    expect(sent).toHaveLength(1);
  });

  it('keeps its key while it is the same, and gets another one with other content', async () => {
    const { send, keys } = begun();
    await send(problem(0, 'no-answer'));
    await send(problem(503, 'outcome-unknown'));
    await send(problem(400, 'invalid-body'), { note: 'b' });
    await send(answer, { note: 'b' });
    expect(keys()).toEqual(['key-1', 'key-1', 'key-2', 'key-2']);
  });

  it('goes on from a newer revision under the same key, once somebody says so', async () => {
    const { store, send, sent } = begun();
    await send(problem(412, 'changed-by-others', { current: '9' }));
    store.accept(id, '9');
    await send(answer);
    expect(sent.map(({ key, ifMatch }) => [key, ifMatch])).toEqual([['key-1', '7'], ['key-1', '9']]);
  });

  it('is another command when it is sent again after a change of mind about an attempt that may have been done', async () => {
    const { store, send, keys } = begun();
    await send(problem(0, 'no-answer'));
    store.edit(id);
    await send(answer);
    expect(keys()).toEqual(['key-1', 'key-2']);
  });

  it('stays in question until somebody has looked: a refusal by the network, the limits or the sign-in tells nothing of the attempt before', async () => {
    const { store, send, keys } = begun();
    const isOpen = () => store.get(id)?.attempt?.open;
    await send(problem(0, 'offline'));
    expect(isOpen()).toBe(false);
    await send(problem(0, 'no-answer'));
    expect(isOpen()).toBe(true);
    for (const passing of [problem(0, 'offline'), problem(429, 'too-many-requests'), problem(503, 'event-store-away'), problem(401, 'token-expired')]) {
      await send(passing);
      expect([passing.problem.code, isOpen()]).toEqual([passing.problem.code, true]);
    }
    expect(store.get(id)?.problem).toMatchObject({ problem: { code: 'event-store-away' } });
    await send(problem(409, 'not-possible-now'));
    expect(isOpen()).toBe(false);
    expect(new Set(keys()).size).toBe(1);
  });

  it('is as it was before a sign-in that ended', async () => {
    const { store, send } = begun();
    await send(problem(401, 'token-expired'));
    expect(store.get(id)).toMatchObject({ sending: false, values: { '/note': 'a' } });
    expect(store.get(id)?.problem).toBeUndefined();
  });

  it('keeps what is typed while it fails, and drops the fault of a field that is typed into', async () => {
    const { store, send } = begun();
    await send(problem(400, 'invalid-body', { errors: [{ path: '/note', message: 'm' }, { path: '/x', message: 'n' }] }));
    store.type(id, '/note', 'abc');
    expect(store.get(id)).toMatchObject({ values: { '/note': 'abc' }, touched: true, sending: false, problem: { problem: { errors: [{ path: '/x', message: 'n' }] } } });
  });
});

describe('what is begun', () => {
  it('is taken up again, with the revision that was seen then', () => {
    const { store } = begun();
    store.type(id, '/note', 'typed');
    store.begin(id, { values: {}, seen: '9' });
    expect(store.get(id)).toMatchObject({ values: { '/note': 'typed' }, seen: '7' });
    store.dropUntouched(id);
    expect(store.hasUnsent()).toBe(true);
  });

  it('is nobody else\'s, and nothing while nothing was typed', () => {
    const { store } = begun();
    expect(store.hasUnsent()).toBe(false);
    const other = workId('王', 'new', 'X');
    store.begin(other, {});
    store.keepOnly('李娜');
    expect([store.get(other), store.get(id) === undefined]).toEqual([undefined, false]);
    store.dropUntouched(id);
    expect(store.all().size).toBe(0);
  });
});

describe('a failed attempt', () => {
  it.each([
    [problem(0, 'offline'), 'not-done', true],
    [problem(0, 'no-answer'), 'unknown', true],
    [problem(503, 'outcome-unknown'), 'unknown', true],
    [problem(503, 'event-store-away'), 'not-done', true],
    [problem(500, 'internal'), 'unknown', true],
    [problem(429, 'too-many-requests'), 'not-done', true],
    [problem(409, 'busy'), 'not-done', true],
    [problem(409, 'not-possible-now'), 'not-done', false],
    [problem(422, 'promise-before-now'), 'not-done', false],
    [problem(412, 'changed-by-others'), 'conflict', false],
    [new TypeError('x'), 'unknown', true],
  ] as const)('%s', (failure, outcome, repeats) => {
    expect([outcomeOf(failure), isWorthRepeating(failure)]).toEqual([outcome, repeats]);
  });
});
