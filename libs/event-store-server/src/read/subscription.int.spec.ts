import { once } from 'node:events';
import { binaryEvent, END, eventTypeFilter, excludeSystemEvents, NO_STREAM, START, streamNameFilter, type AllStreamResolvedEvent, type Position } from '@eventstore/db-client';
import { collect, event, events, freshStream, revisionsOf, serveFolder, until, type ServedFolder } from '../client.fixture.js';
import { RawClient } from '../raw-client.fixture.js';

const commitsOf = (resolved: readonly AllStreamResolvedEvent[]): bigint[] => resolved.map((each) => each.event?.position?.commit as bigint);

describe.each(['disk', 'memory'] as const)('subscriptions to a log on %s', (storage) => {
  let served: ServedFolder;
  beforeAll(async () => {
    served = await serveFolder({ storage });
  });
  afterAll(() => served.close());

  const append = async (stream: string, count: number): Promise<Position> =>
    (await served.client.appendToStream(stream, events(count))).position as Position;
  const logEnd = (): Promise<Position> => append(freshStream('mark'), 1);

  describe('to a stream', () => {
    it('deliver history, say once that it is exhausted, and go on', async () => {
      const stream = freshStream();
      await append(stream, 300);
      const subscription = served.client.subscribeToStream(stream);
      let confirmed = 0;
      let caughtUp = 0;
      subscription.on('confirmation', () => (confirmed += 1)).on('caughtUp', () => {
        caughtUp += 1;
        void append(stream, 5);
      });
      const seen = await collect(subscription, 305);
      expect(revisionsOf(seen)).toEqual(Array.from({ length: 305 }, (_, n) => BigInt(n)));
      expect([confirmed, caughtUp]).toEqual([1, 1]);
    });

    it.each([
      ['the start includes the first', START, [0n, 1n, 2n, 3n, 4n, 5n]],
      ['a revision excludes it', 2n, [3n, 4n, 5n]],
      ['the end gives only later ones', END, [5n]],
    ] as const)('from %s', async (_, fromRevision, expected) => {
      const stream = freshStream();
      await append(stream, 5);
      const subscription = served.client.subscribeToStream(stream, { fromRevision });
      const taking = collect(subscription, expected.length);
      await once(subscription, 'confirmation');
      await append(stream, 1);
      expect(revisionsOf(await taking)).toEqual(expected);
    });

    it('wait for one that does not exist yet, and see no other', async () => {
      const stream = freshStream();
      const subscription = served.client.subscribeToStream(stream);
      const taking = collect(subscription, 2);
      await once(subscription, 'caughtUp');
      await append(freshStream(), 3);
      await append(stream, 2);
      expect((await taking).map((each) => each.event?.streamId)).toEqual([stream, stream]);
    });
  });

  describe('to all', () => {
    it('lose and repeat nothing between history and the present while others write', async () => {
      const after = await logEnd();
      let writing = true;
      let written = 0;
      const writers = Array.from({ length: 8 }, async () => {
        while (writing) {
          await append(freshStream(), 3);
          written += 3;
        }
      });
      const begun = async (): Promise<AllStreamResolvedEvent[]> => {
        const subscription = served.client.subscribeToAll({ fromPosition: after });
        return collect(subscription, 1_500);
      };
      const all: Promise<AllStreamResolvedEvent[]>[] = [];
      for (let n = 0; n < 6; n += 1) {
        const target = written + 150;
        all.push(begun());
        while (written < target) await append(freshStream(), 1).then(() => (written += 1));
      }
      const seen = await Promise.all(all);
      writing = false;
      await Promise.all(writers);
      const expected = Array.from({ length: 1_500 }, (_, n) => after.commit + 1n + BigInt(n));
      for (const each of seen) expect(commitsOf(each)).toEqual(expected);
    });

    it('from a position exclude it, from the end give only later ones', async () => {
      const position = await logEnd();
      const stream = freshStream();
      await append(stream, 2);
      expect(revisionsOf(await collect(served.client.subscribeToAll({ fromPosition: position }), 2))).toEqual([0n, 1n]);
      const late = served.client.subscribeToAll({ fromPosition: END });
      const taking = collect(late, 1);
      await once(late, 'caughtUp');
      await append(stream, 1);
      expect(revisionsOf(await taking)).toEqual([2n]);
    });

    it('show the events of system streams, too', async () => {
      const fromPosition = await logEnd();
      await served.client.appendToStream(`$system-${freshStream()}`, [event(1, '$kind')], { expectedRevision: NO_STREAM });
      await append(freshStream(), 1);
      const [system] = await collect(served.client.subscribeToAll({ fromPosition }), 1);
      expect(system?.event?.type).toBe('$kind');
      const [user] = await collect(served.client.subscribeToAll({ fromPosition, filter: excludeSystemEvents() }), 1);
      expect(user?.event?.type).toBe('Counted');
    });
  });

  describe('with a filter', () => {
    it('deliver what has one of the prefixes', async () => {
      const fromPosition = await logEnd();
      for (const category of ['aa', 'bb', 'cc', 'aa']) await append(freshStream(category), 1);
      const filter = streamNameFilter({ prefixes: ['aa-', 'cc-'] });
      const seen = await collect(served.client.subscribeToAll({ fromPosition, filter }), 3);
      expect(seen.map((each) => each.event?.streamId.slice(0, 3))).toEqual(['aa-', 'cc-', 'aa-']);
    });

    it('deliver what an expression finds in the type', async () => {
      const fromPosition = await logEnd();
      const stream = freshStream();
      await served.client.appendToStream(stream, [event(0, 'DoorRegistered'), event(1, 'DoorClosed'), event(2, 'SlipRegistered')]);
      const filter = eventTypeFilter({ regex: 'Registered$' });
      expect(revisionsOf(await collect(served.client.subscribeToAll({ fromPosition, filter }), 2))).toEqual([0n, 2n]);
    });

    it('give a checkpoint after every interval of considered events, in history and live, never ahead of an event', async () => {
      const fromPosition = await logEnd();
      const [stream, other] = [freshStream('sought'), freshStream('other')];
      const history = async (): Promise<void> => {
        await append(other, 10);
        await append(stream, 2);
        await append(other, 13);
      };
      await history();
      const raw = new RawClient(served.server.port);
      const order: string[] = [];
      for await (const answer of raw.subscribeToAll({ after: fromPosition.commit, prefixes: ['sought-'], window: 5, checkpointMultiplier: 2 })) {
        const checkpoint = answer.getCheckpoint()?.getCommitPosition();
        const event = answer.getEvent()?.getCommitPosition();
        if (checkpoint !== undefined) order.push(`checkpoint ${BigInt(checkpoint) - fromPosition.commit}`);
        if (event !== undefined) order.push(`event ${BigInt(event) - fromPosition.commit}`);
        if (answer.hasCaughtUp()) void history();
        if (order.at(-1) === 'checkpoint 50') break;
      }
      raw.close();
      expect(order).toEqual(['checkpoint 10', 'event 11', 'event 12', 'checkpoint 20', 'checkpoint 30', 'event 36', 'event 37', 'checkpoint 40', 'checkpoint 50']);
    });

    it('go on after any checkpoint without losing or repeating', async () => {
      const fromPosition = await logEnd();
      for (let n = 0; n < 40; n += 1) await append(freshStream(n % 7 === 0 ? 'wanted' : 'unwanted'), 1);
      const checkpoints: Position[] = [];
      const filter = (checkpointReached?: (position: Position) => void) =>
        streamNameFilter({ prefixes: ['wanted-'], maxSearchWindow: 1, checkpointInterval: 3, checkpointReached: async (_, position) => checkpointReached?.(position) });
      const full = commitsOf(await collect(served.client.subscribeToAll({ fromPosition, filter: filter((position) => checkpoints.push(position)) }), 6));
      expect(checkpoints.length).toBeGreaterThan(5);
      for (const checkpoint of checkpoints) {
        const rest = full.filter((commit) => commit > checkpoint.commit);
        if (rest.length === 0) continue;
        expect(commitsOf(await collect(served.client.subscribeToAll({ fromPosition: checkpoint, filter: filter() }), rest.length))).toEqual(rest);
      }
    });

    it('wait 32 events for a checkpoint by default', async () => {
      const fromPosition = await logEnd();
      await append(freshStream('plain'), 40);
      const first = new Promise<bigint>((resolve) => {
        const filter = streamNameFilter({ prefixes: ['nothing-'], checkpointReached: async (subscription, { commit }) => {
          await subscription.unsubscribe();
          resolve(commit);
        } });
        served.client.subscribeToAll({ fromPosition, filter }).resume();
      });
      expect((await first) - fromPosition.commit).toBe(32n);
    });
  });

  it('with a client that is slow lose nothing, and tell it that it fell behind and caught up', async () => {
    const stream = freshStream('slow');
    const subscription = served.client.subscribeToStream(stream, { fromRevision: START }, { highWaterMark: 1 });
    const order: string[] = [];
    subscription.on('fellBehind', () => order.push('fell behind')).on('caughtUp', () => order.push('caught up'));
    await once(subscription, 'caughtUp');
    const data = Buffer.alloc(8_192);
    // Nobody reads while these are written: they fill what the connection holds, and the rest stays in the log.
    for (let n = 0; n < 20; n += 1) await served.client.appendToStream(stream, Array.from({ length: 120 }, () => binaryEvent({ type: 'Large', data })));
    const caughtUpAgain = new Promise<void>((resolve) => subscription.on('caughtUp', () => resolve()));
    const seen: unknown[] = [];
    subscription.on('data', (each) => seen.push(each.event?.revision));
    await caughtUpAgain;
    expect(order).toEqual(['caught up', 'fell behind', 'caught up']);
    expect(seen).toEqual(Array.from({ length: 2_400 }, (_, n) => BigInt(n)));
    await subscription.unsubscribe();
  });

  it('are forgotten as soon as their client cancels them or goes', async () => {
    const cancelled = served.client.subscribeToAll({ fromPosition: END });
    const raw = new RawClient(served.server.port);
    const gone = raw.subscribeToAll({ after: 0n, prefixes: ['nothing-'], window: 32, checkpointMultiplier: 1 });
    await Promise.all([once(cancelled, 'caughtUp'), once(gone, 'data')]);
    const before = served.server.statistics().openCalls;
    gone.on('error', () => undefined);
    await cancelled.unsubscribe();
    raw.close();
    gone.cancel();
    await until(() => served.server.statistics().openCalls === before - 2);
  });
});
