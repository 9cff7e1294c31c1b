import type { Event } from '@atrium/kernel';
import type { Projection } from '../projection/projection.js';
import { ArraySource } from '../spec-support/array-source.js';
import { Bench, reaches } from '../spec-support/bench.js';
import { counted, counters, opened, type CounterEvent, type CounterRow } from '../spec-support/counters.js';

let bench: Bench;
beforeEach(async () => { bench = await Bench.open(); });
afterEach(() => bench.close());

/** Three good events, the bad one at position 30, and one more. */
function sourceWith(bad: CounterEvent): ArraySource {
  const source = new ArraySource();
  source.append('counter-a', opened('a'), counted('a'), counted('a'), bad, counted('a'));
  return source;
}

async function errorOf(bad: CounterEvent, projection = counters): Promise<string | undefined> {
  const runner = bench.start(sourceWith(bad), { projections: [projection] });
  await reaches(runner, ({ state }) => state === 'degraded');
  const { error, position } = runner.status();
  expect(error).toMatchObject({ position: 30n, type: bad.type, since: expect.stringMatching(/Z$/) });
  expect(position).toBe(20n);
  expect(await bench.totals()).toEqual({ a: 2 });
  return error?.message;
}

it('an unknown type halts the runner just before it', async () => {
  const bad = { ...counted('a'), type: 'Renamed' } as unknown as CounterEvent;
  expect(await errorOf(bad)).toBe('Event 30 (Renamed): Projection counters: this program does not know events of this type; start the version that wrote it, or a later one');
});

it('a type that every object has is unknown as well', async () => {
  const bad = { ...counted('a'), type: 'constructor' } as unknown as CounterEvent;
  expect(await errorOf(bad)).toBe('Event 30 (constructor): Projection counters: this program does not know events of this type; start the version that wrote it, or a later one');
});

it('a function that throws halts it, and its message is not told', async () => {
  const failing = { ...counters, on: { ...counters.on, Opened: (rows: Parameters<typeof counters.on.Opened>[0], event: Parameters<typeof counters.on.Opened>[1]) => {
    counters.on.Opened(rows, event);
    if (event.data.id === 'b') throw new Error(`no ${event.data.title}`);
  } } };
  expect(await errorOf(opened('b', '王小明'), failing)).toMatch(/^Event 30 \(Opened\): Projection counters: Error at poison\.int\.spec\.ts:\d+$/);
});

it('a text that PostgreSQL cannot hold halts it, and is not told', async () => {
  expect(await errorOf(opened('b', '王小明\u0000'))).toBe('Event 30 (Opened): Projection counters: PostgreSQL refused with 22021');
});

it('a number beyond its column halts it', async () => {
  expect(await errorOf(counted('a', 2 ** 40))).toBe('Event 30 (Counted): Projection counters: PostgreSQL refused with 22003');
});

it('a value of another type halts it', async () => {
  expect(await errorOf(opened('b', 5 as unknown as string))).toBe('Event 30 (Opened): Projection counters: Column counters.title (text) was given a value of type number that does not fit');
});

it('a row that was not announced halts it', async () => {
  const { reads: _, ...silent } = counters;
  const runner = bench.start(sourceWith(counted('a')), { projections: [silent] });
  await reaches(runner, ({ state }) => state === 'degraded');
  expect(runner.status().error?.message).toBe('Event 10 (Counted): Projection counters: a row of counters was read that `reads` does not name for this event');
});

it('what a halted runner could not apply is applied by the next start that can', async () => {
  const bad = { ...counted('a'), type: 'Renamed' } as unknown as CounterEvent;
  const source = sourceWith(bad);
  const halted = bench.start(source);
  await reaches(halted, ({ state }) => state === 'degraded');
  await halted.stop();
  const able: Projection<CounterRow, CounterEvent | Event<'Renamed', { readonly id: string; readonly by: number }>> = {
    ...counters,
    reads: ({ data }) => data.id,
    on: { ...counters.on, Renamed: (rows, event) => counters.on.Counted(rows, { ...event, type: 'Counted' }) },
  };
  await bench.start(source, { projections: [able] }).waitFor(source.end, 20_000);

  expect(await bench.totals()).toEqual({ a: 4 });
});
