import { ArraySource } from '../spec-support/array-source.js';
import { Bench, reaches, until } from '../spec-support/bench.js';
import { counted, counters, opened } from '../spec-support/counters.js';
import { AlreadyRebuilding } from '../postgres/generations.js';
import type { Prepare } from './apply-batch.js';
import { RunnerNotActive } from './projection-runner.js';
import type { RebuildStatus } from './status.js';

let bench: Bench;
let source: ArraySource;
beforeEach(async () => {
  bench = await Bench.open();
  source = new ArraySource();
});
afterEach(() => bench.close());

const patienceMs = 20_000;
const names = Array.from({ length: 20 }, (_, i) => `n${i}`);

function fill(events: number): bigint {
  for (const name of names) source.append(`counter-${name}`, opened(name));
  return more(events);
}

function more(events: number): bigint {
  for (let i = 0; i < events; i++) {
    const name = names[(i * 7) % names.length] as string;
    source.append(`counter-${name}`, counted(name, i % 5, i % 60));
  }
  return source.end;
}

/** Lets so many batches pass, and then waits. */
function pausable() {
  let left = Infinity;
  let go: () => void = () => undefined;
  const released = new Promise<void>((resolve) => { go = resolve; });
  const prepare: Prepare = async (events) => {
    left -= 1;
    if (left < 0) await released;
    return events;
  };
  return { prepare, pauseAfter: (batches: number) => { left = batches; }, go };
}

const rebuilt = (rebuild: RebuildStatus | undefined) => rebuild === undefined;

describe('a rebuild of the same version', () => {
  it('takes over with the same rows and drops the old table', async () => {
    const runner = bench.start(source);
    await runner.waitFor(fill(1_000), patienceMs);
    const before = await bench.rows();
    expect(await runner.rebuild('counters')).toEqual({ name: 'counters', generation: 2 });
    expect(runner.status()).toMatchObject({ state: 'rebuilding', projections: [{ rebuild: { from: 'counters_v1', generation: 2 } }] });
    await reaches(runner, ({ projections }) => rebuilt(projections[0]?.rebuild));
    await until(async () => (await bench.tables()).length === 1);

    expect(await bench.rows()).toEqual(before);
    expect(await bench.tables()).toEqual(['counters_v1_g2']);
    expect(await bench.database.query('SELECT name, position FROM runner_positions')).toEqual([{ name: 'counters_v1_g2', position: source.end.toString() }]);
    await runner.waitFor(more(20), patienceMs);
    expect(runner.status().state).toBe('running');
    expect(await bench.rows()).not.toEqual(before);
  });

  it('loses nothing of what arrives meanwhile, and no reader fails or sees less than was there', async () => {
    const runner = bench.start(source, { rebuildBatchSize: 50, batchSize: 5 });
    const start = fill(2_000);
    await runner.waitFor(start, patienceMs);
    await runner.rebuild('counters');
    const sums: number[] = [];
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        const [row] = await bench.dataSource.query<{ sum: number }[]>('SELECT sum(total)::int AS sum FROM counters');
        sums.push(row?.sum ?? -1);
      }
    })();
    while (!rebuilt(runner.status().projections[0]?.rebuild)) await runner.waitFor(more(3), patienceMs);
    isOver = true;
    await reading;
    await runner.waitFor(source.end, patienceMs);

    expect(sums).toEqual([...sums].sort((a, b) => a - b));
    expect(await bench.tables()).toContain('counters_v1_g2');
    const served = await bench.rows();
    const undisturbed = await Bench.open();
    try {
      await undisturbed.start(source).waitFor(source.end, patienceMs);
      expect(served).toEqual(await undisturbed.rows());
    } finally {
      await undisturbed.close();
    }
  });

  it('waits for a reader of the view without making others wait', async () => {
    const runner = bench.start(source);
    await runner.waitFor(fill(100), patienceMs);
    const reader = bench.dataSource.createQueryRunner();
    await reader.startTransaction();
    const read = () => reader.query('SELECT * FROM counters ORDER BY id') as Promise<unknown[]>;
    const before = await read();
    await runner.rebuild('counters');
    await reaches(runner, ({ projections }) => projections[0]?.rebuild?.phase === 'switch');
    await bench.database.query('SET lock_timeout = 5000; SELECT count(*) FROM counters');
    await runner.waitFor(more(10), patienceMs);
    expect(await read()).not.toEqual(before);
    expect(runner.status()).toMatchObject({ state: 'rebuilding', projections: [{ rebuild: { phase: 'switch' } }] });
    await reader.commitTransaction();
    await reader.release();
    await reaches(runner, ({ projections }) => rebuilt(projections[0]?.rebuild));

    expect(await bench.tables()).toContain('counters_v1_g2');
  });

  it('reports rows that differ and leaves the old table in place', async () => {
    const runner = bench.start(source);
    await runner.waitFor(fill(100), patienceMs);
    await bench.database.query(`UPDATE counters_v1 SET total = total + 1 WHERE id = 'n3'`);
    await bench.database.query(`DELETE FROM counters_v1 WHERE id = 'n4'`);
    const before = await bench.rows();
    await runner.rebuild('counters');
    await reaches(runner, ({ projections }) => projections[0]?.rebuild?.phase === 'refused');

    const error = 'The rebuilt table differs: 1 rows of the serving table are not in it and 2 of its rows are not in the serving table; first keys: n3, n4';
    expect(runner.status()).toMatchObject({ state: 'running', projections: [{ rebuild: { phase: 'refused', error } }] });
    expect(await bench.rows()).toEqual(before);
    await runner.waitFor(more(20), patienceMs);

    await runner.stop();
    const next = bench.start(source);
    await reaches(next, ({ state }) => state === 'running');
    expect(next.status().projections[0]?.rebuild).toMatchObject({ phase: 'refused', generation: 2, error });
    expect(await bench.tables()).toEqual(['counters_v1', 'counters_v1_g2']);
    await next.rebuild('counters');
    await reaches(next, ({ projections }) => projections[0]?.rebuild?.phase === 'refused' && projections[0].rebuild.generation === 3);
    expect(await bench.tables()).toHaveLength(2);
  });

  it('is refused while another runs, in a standby, and for an unknown name', async () => {
    const runner = bench.start(source);
    await runner.waitFor(fill(100), patienceMs);
    const standby = bench.start(source, { dataSource: bench.process() });
    const [one, other] = await Promise.allSettled([runner.rebuild('counters'), runner.rebuild('counters')]);
    expect([one, other].map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([one, other].find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(AlreadyRebuilding) });
    await expect(standby.rebuild('counters')).rejects.toBeInstanceOf(RunnerNotActive);
    await expect(runner.rebuild('others')).rejects.toBeInstanceOf(RangeError);
  });

  it('is done anew when it was cut off', async () => {
    const hold = pausable();
    const runner = bench.start(source, { rebuildBatchSize: 10, prepare: hold.prepare });
    await runner.waitFor(fill(500), patienceMs);
    const before = await bench.rows();
    hold.pauseAfter(25);
    await runner.rebuild('counters');
    await reaches(runner, ({ projections }) => projections[0]?.rebuild?.events === 250);
    await bench.database.endConnections();
    await reaches(runner, ({ state }) => state === 'degraded');
    hold.go();
    await until(async () => (await bench.tables()).join() === 'counters_v1_g3');
    await reaches(runner, ({ state }) => state === 'running');

    expect(await bench.rows()).toEqual(before);
    await runner.waitFor(more(20), patienceMs);
  });
});

describe('a new version', () => {
  const doubled = {
    ...counters, version: 2,
    on: { ...counters.on, Counted: (rows: Parameters<typeof counters.on.Counted>[0], event: Parameters<typeof counters.on.Counted>[1]) => counters.on.Counted(rows, { ...event, data: { ...event.data, by: 2 * event.data.by } }) },
  };

  it('is built at the start while the old one serves, and then takes over', async () => {
    const first = bench.start(source);
    await first.waitFor(fill(100), patienceMs);
    await first.stop();
    const before = await bench.totals();
    const hold = pausable();
    hold.pauseAfter(0);
    const runner = bench.start(source, { projections: [doubled], prepare: hold.prepare });
    await reaches(runner, ({ projections }) => projections[0]?.rebuild?.phase === 'catch-up');
    const end = more(10);
    expect(await bench.totals()).toEqual(before);
    await expect(runner.waitFor(end, 1)).rejects.toMatchObject({ position: 1_190n });
    hold.go();
    await runner.waitFor(end, patienceMs);

    const after = await bench.totals();
    expect(after['n1']).toBeGreaterThan(before['n1'] as number);
    expect(Object.values(after).reduce((a, b) => a + b)).toBe(2 * [...Array(100).keys(), ...Array(10).keys()].reduce((sum, i) => sum + (i % 5), 0));
    await until(async () => (await bench.tables()).join() === 'counters_v2_g2');
    expect(runner.status()).toMatchObject({ state: 'running', position: end });
  });

  it('stops at the first bad event and says which, and the old one serves on', async () => {
    const first = bench.start(source);
    await first.waitFor(fill(100), patienceMs);
    await first.stop();
    const before = await bench.rows();
    const broken = { ...doubled, on: { ...doubled.on, Counted: (_rows: unknown, event: Parameters<typeof counters.on.Counted>[1]) => { if (event.data.id === 'n7') throw new Error('secret'); } } };
    const runner = bench.start(source, { projections: [broken] });
    await reaches(runner, ({ state }) => state === 'degraded');
    expect(runner.status()).toMatchObject({
      error: { position: 210n, type: 'Counted', message: expect.stringMatching(/^Event 210 \(Counted\): Projection counters: Error at rebuild/) },
      projections: [{ rebuild: { phase: 'failed', error: expect.stringContaining('Event 210') } }],
    });
    expect(await bench.rows()).toEqual(before);

    await runner.stop();
    const repaired = bench.start(source, { projections: [doubled] });
    await repaired.waitFor(source.end, patienceMs);
    await until(async () => (await bench.tables()).length === 1);
    expect(await bench.rows()).not.toEqual(before);
  });
});
