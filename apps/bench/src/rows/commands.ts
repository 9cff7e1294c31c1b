import { randomUUID } from 'node:crypto';
import type { Comparison } from '../measuring/row.js';
import type { HttpClientTasks } from '../http-client.js';
import type { RawClientTasks } from '../raw-client.js';
import { commandsPath, example, followUpPath, storeExample } from './example-complaint.js';
import { sameContents } from './same-contents.js';

const IN_FLIGHT = 32;

const newStreams = (count: number): string[] => Array.from({ length: count }, () => `complaint-${randomUUID()}`);

export const followUp: Comparison = {
  kind: 'comparison',
  name: 'follow-up',
  what: 'a follow-up over HTTP on a complaint of 5 events: token, validation, load, decision, append, answer; 32 in flight, nothing follows the log',
  against: 'readStream and appendToStream of the same stream by the same client',
  unit: 'commands/s',
  figure: 'ratio',
  goal: { atLeast: 0.5 },
  async prepare(bench) {
    const log = await bench.eventStore();
    const [service, client, http] = await Promise.all([bench.tickets(log.url), bench.worker<RawClientTasks>('raw-client'), bench.worker<HttpClientTasks>('http-client')]);
    await client.run('connect', log);
    const { before, followUp: event } = await storeExample(service, client);
    const token = await service.token('supervisor');
    const seeded = async (): Promise<string[]> => {
      const streams = newStreams(bench.size(3_000));
      await client.run('appendEach', { streams, events: before, many: 128 });
      return streams;
    };
    return {
      what: async () => {
        const paths = (await seeded()).map(followUpPath);
        return (await http.run('post', { url: service.url, token, paths, body: example.followUp, many: IN_FLIGHT })).perSecond;
      },
      against: async () => client.run('readThenAppend', { streams: await seeded(), event, many: IN_FLIGHT }),
      verify: async () => sameContents(await client.run('contents', { prefix: 'complaint-' })),
    };
  },
};

export const creation: Comparison = {
  kind: 'comparison',
  name: 'creation',
  what: 'a complaint registered over HTTP; 32 in flight, nothing follows the log',
  against: 'appendToStream of the same events to a new stream by the same client',
  unit: 'commands/s',
  figure: 'ratio',
  goal: { atLeast: 0.3 },
  async prepare(bench) {
    const log = await bench.eventStore();
    const [service, client, http] = await Promise.all([bench.tickets(log.url), bench.worker<RawClientTasks>('raw-client'), bench.worker<HttpClientTasks>('http-client')]);
    await client.run('connect', log);
    const { creation: events } = await storeExample(service, client);
    const token = await service.token('supervisor');
    const count = bench.size(5_000);
    return {
      what: async () => (await http.run('post', { url: service.url, token, paths: Array.from({ length: count }, () => commandsPath), body: example.creation, many: IN_FLIGHT })).perSecond,
      against: () => client.run('appendEach', { streams: newStreams(count), events, many: IN_FLIGHT }),
      // The complaint that was led through its first commands is one more.
      verify: async () => sameContents(await client.run('contents', { prefix: 'complaint-' }), 1),
    };
  },
};
