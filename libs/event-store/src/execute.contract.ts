import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { counted, count, freshStream, identity } from './counter.fixture.js';
import { KeyReused, StaleRevision } from './errors.js';
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

  it('answers what is stored: the same events, ids and metadata as a later read', async () => {
    const stream = freshStream();
    const outcome = await execute(store, count(stream, 1, { creates: true }));
    expect(outcome.kind === 'accepted' && outcome.written).toEqual(await loadStream(store, stream));
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
          await execute(store, count(stream, 10));
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
