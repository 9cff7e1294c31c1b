import fs from 'node:fs';
import path from 'node:path';
import type { Comparison } from '../measuring/row.js';
import { median } from '../measuring/statistics.js';
import type { Workbench } from '../processes/workbench.js';
import type { RawClientTasks } from '../raw-client.js';

const CLIENTS = 2;
const SLOTS_A_CLIENT = 32;

async function clientsOf(bench: Workbench, url: string) {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => bench.worker<RawClientTasks>('raw-client')));
  await Promise.all(clients.map((client) => client.run('connect', { url })));
  return clients;
}

export const durableAppends: Comparison = {
  kind: 'comparison',
  name: 'durable-appends',
  what: 'the embedded server on disk: durable appends of 1 KB, two client processes, 64 in flight',
  against: 'the same server with its log in memory',
  unit: 'appends/s',
  figure: 'ratio',
  goal: { atLeast: 0.7 },
  async prepare(bench) {
    const [disk, memory] = await Promise.all([bench.eventStore('disk'), bench.eventStore('memory')]);
    const [onDisk, inMemory] = await Promise.all([clientsOf(bench, disk.url), clientsOf(bench, memory.url)]);
    const appends = bench.size(8_000);
    const round = async (clients: Awaited<ReturnType<typeof clientsOf>>): Promise<number> => {
      const rates = await Promise.all(clients.map((client) => client.run('appendDurably', { appends, slots: SLOTS_A_CLIENT })));
      return rates.reduce((sum, { perSecond }) => sum + perSecond, 0);
    };
    let [rounds, againstRounds] = [0, 0];
    return {
      what: () => { rounds += 1; return round(onDisk); },
      against: () => { againstRounds += 1; return round(inMemory); },
      verify: async () => {
        const [stored, kept] = await Promise.all([onDisk, inMemory].map(async ([client]) => await client?.run('eventCount', { prefix: 'durable-' }) ?? 0));
        const wanted = CLIENTS * SLOTS_A_CLIENT * Math.ceil(appends / SLOTS_A_CLIENT);
        if (stored !== wanted * rounds || kept !== wanted * againstRounds) throw new Error(`${stored} and ${kept} events are there, not ${wanted} a round`);
        return `${wanted} events a round are in either log`;
      },
    };
  },
};

export const oneWriter: Comparison = {
  kind: 'comparison',
  name: 'one-writer',
  what: 'the embedded server on disk: a durable append of 1 KB by one writer, median',
  against: 'a flush of 4 KB on the same disk, median',
  unit: 'ms',
  figure: 'difference',
  goal: { atMost: 1 },
  async prepare(bench) {
    const log = await bench.eventStore();
    const client = await bench.worker<RawClientTasks>('raw-client');
    await client.run('connect', log);
    const count = bench.size(1_000);
    return {
      what: async () => (await client.run('appendDurably', { appends: count, slots: 1 })).p50Ms,
      against: async () => flushMedianMs(path.join(log.folder, 'flushed'), count),
      verify: async () => 'each append was acknowledged at its exact revision',
    };
  },
};

function flushMedianMs(file: string, count: number): number {
  const block = Buffer.alloc(4_096, 1);
  const handle = fs.openSync(file, 'w');
  const times = Array.from({ length: count }, (_, index) => {
    const startedAt = performance.now();
    fs.writeSync(handle, block, 0, block.length, index * block.length);
    fs.fdatasyncSync(handle);
    return performance.now() - startedAt;
  });
  fs.closeSync(handle);
  fs.rmSync(file);
  return median(times);
}
