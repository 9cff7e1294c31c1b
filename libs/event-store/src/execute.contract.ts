import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { counted, count, freshStream, identity } from './counter.fixture.js';
import { AppendTooLarge, ConflictNotResolved, KeyReused, StaleRevision } from './errors.js';
import { EventStore } from './event-store.js';
import { execute } from './execute.js';
import { loadStream } from './load.js';

export const describeExecute = (server: string, url: () => string) => describe(`execute on ${server}`, () => {
  let store: EventStore;
  beforeAll(() => { store = EventStore.connect({ url: url() }); });
  afterAll(() => store.dispose());

  it('decides on the folded state and appends behind it', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 40, { creates: true }));
    const outcome = await execute(store, count(stream, 2));
    expect(outcome).toMatchObject({ kind: 'accepted', loaded: { state: 42, revision: 1n } });
    expect((await loadStream(store, stream)).map(({ data, revision }) => ({ data, revision }))).toEqual([
      { data: { by: 40 }, revision: 0n }, { data: { by: 2 }, revision: 1n },
    ]);
  });

  it('says so when the events are more than the server takes at once, and writes none', async () => {
    const stream = freshStream();
    const large = { ...counted(1), data: { by: 1, text: 'x'.repeat(2 * 1024 * 1024) } };
    await expect(execute(store, count(stream, 1, { creates: true, decide: () => [counted(1), large] }))).rejects.toThrow(AppendTooLarge);
    expect(await loadStream(store, stream)).toEqual([]);
  });

  it('answers what is stored: the same events, ids and metadata as a later read', async () => {
    const stream = freshStream();
    const outcome = await execute(store, count(stream, 1, { creates: true, decide: () => [counted(1), counted(2)] }));
    const stored = await loadStream(store, stream);
    const told = outcome.kind === 'accepted' ? outcome.written : [];
    // A log need not number without gaps, so that an answer knows the position of an append's last event only.
    expect(told).toEqual(stored.map((event) => ({ ...event, position: stored[1]?.position })));
  });

  it('finds the repetition of a creation before deciding again what can no longer be decided', async () => {
    const stream = freshStream();
    const same = identity();
    await execute(store, count(stream, 7, { creates: true, identity: same }));
    const keysAway = () => { throw new Error('keys away'); };
    expect(await execute(store, count(stream, 7, { creates: true, identity: same, decide: keysAway }))).toMatchObject({ kind: 'repeated', loaded: { state: 7 } });
    expect(await execute(store, count(stream, 101, { creates: true, identity: same }))).toMatchObject({ kind: 'repeated' });
    await expect(execute(store, count(freshStream(), 7, { creates: true, decide: keysAway }))).rejects.toThrow('keys away');
  });

  it('lets many at once through, one after the other', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => execute(store, count(stream, 1))));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(await loadStream(store, stream)).toHaveLength(31);
  });

  it('gives up when others write during each of its tries', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    const intruder = async () => store.append(stream, [store.codec.encode(randomUUID(), counted(1), { ...identity(), recordedAt: '2026-01-01T00:00:00.000Z' })], (await loadStream(store, stream)).at(-1)?.revision);
    const beaten = execute(store, count(stream, 1, { decide: async () => { await intruder(); return [counted(1)]; } }));
    await expect(beaten).rejects.toThrow(ConflictNotResolved);
  });

  it('writes nothing for a refusal, and nothing where nothing is left to do', async () => {
    const stream = freshStream();
    expect(await execute(store, count(stream, 101))).toMatchObject({ kind: 'refused', refusal: { refused: 'too-much' } });
    expect(await execute(store, count(stream, 0))).toMatchObject({ kind: 'nothing', position: undefined });
    expect(await loadStream(store, stream)).toEqual([]);
  });

  it.each([true, false])('does a command once, however often it comes (creates: %s)', async (creates) => {
    const stream = freshStream();
    const same = identity();
    const first = await execute(store, count(stream, 7, { creates, identity: same }));
    const again = await execute(store, count(stream, 7, { creates, identity: same }));
    expect(again).toMatchObject({ kind: 'repeated', loaded: { state: 7 } });
    expect(again.kind === 'repeated' && first.kind === 'accepted' && again.written).toEqual(first.kind === 'accepted' && first.written);
    expect(await loadStream(store, stream)).toHaveLength(1);
  });

  it('refuses a key that comes with other content', async () => {
    const stream = freshStream();
    const same = identity();
    await execute(store, count(stream, 7, { creates: true, identity: same }));
    await expect(execute(store, count(stream, 8, { creates: true, identity: { ...same, requestHash: 'other' } }))).rejects.toThrow(KeyReused);
  });

  it('lets one of two creations win; the other finds the stream there and decides again', async () => {
    const stream = freshStream();
    const outcomes = await Promise.all([execute(store, count(stream, 60, { creates: true })), execute(store, count(stream, 60, { creates: true }))]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'refused']);
    expect(await loadStream(store, stream)).toHaveLength(1);
  });

  it('decides again after a conflict, on what the others wrote', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true }));
    let interfered = false;
    const outcome = await execute(store, count(stream, 1, {
      decide: async ({ state }) => {
        if (!interfered) {
          interfered = true;
          await store.append(stream, [store.codec.encode(randomUUID(), counted(10), { ...identity(), recordedAt: '2026-01-01T00:00:00.000Z' })], 0n);
        }
        return [counted(state)];
      },
    }));
    expect(outcome).toMatchObject({ kind: 'accepted', loaded: { state: 22, revision: 2n } });
  });

  it('never records before the last event of the stream, even when this machine\'s clock was set back', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true, now: () => Date.parse('2026-03-01T00:00:00Z') }));
    await execute(store, count(stream, 1, { now: () => Date.parse('2026-02-01T00:00:00Z') }));
    expect((await loadStream(store, stream)).map(({ metadata }) => metadata.recordedAt)).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
  });

  describe('with If-Match', () => {
    it('refuses when another person has written since, and says what', async () => {
      const stream = freshStream();
      await execute(store, count(stream, 1, { creates: true }));
      await execute(store, count(stream, 2, { identity: identity({ actor: { id: 'bob', role: 'agent' } }) }));
      const late = execute(store, count(stream, 3, { ifMatch: 0n }));
      await expect(late).rejects.toMatchObject({ given: 0n, current: 1n, since: [{ data: { by: 2 } }] });
      await expect(late).rejects.toThrow(StaleRevision);
    });

    it('does not count what the same person or the system wrote', async () => {
      const stream = freshStream();
      await execute(store, count(stream, 1, { creates: true }));
      await execute(store, count(stream, 2));
      await execute(store, count(stream, 3, { identity: identity({ actor: { id: 'clock', role: 'system' } }) }));
      expect(await execute(store, count(stream, 4, { ifMatch: 0n }))).toMatchObject({ kind: 'accepted', loaded: { state: 10 } });
    });

    it('refuses a revision that does not exist yet', async () => {
      const stream = freshStream();
      await execute(store, count(stream, 1, { creates: true }));
      await expect(execute(store, count(stream, 2, { ifMatch: 5n }))).rejects.toThrow(StaleRevision);
    });
  });

  it('keeps the mall of the first event, whoever writes later', async () => {
    const stream = freshStream();
    await execute(store, count(stream, 1, { creates: true, identity: identity({ mallId: 'boston' }) }));
    await execute(store, count(stream, 1, { identity: identity({ mallId: 'main' }) }));
    expect((await loadStream(store, stream)).map(({ metadata }) => metadata.mallId)).toEqual(['boston', 'boston']);
  });
});
