import type { Comparison } from '../measuring/row.js';
import type { ProjectionName } from '../processes/projector-tasks.js';
import type { Workbench } from '../processes/workbench.js';
import type { ProjectorTasks } from '../projector.js';
import type { RawClientTasks } from '../raw-client.js';

const EVENTS_EACH = 4;

/** A log of cases, a PostgreSQL, and the process that makes rows of one in the other. */
async function prepareProjector(bench: Workbench, keeps: boolean) {
  const [log, postgres, projector, client] = await Promise.all([bench.eventStore(), bench.postgres(), bench.worker<ProjectorTasks>('projector'), bench.worker<RawClientTasks>('raw-client')]);
  await client.run('connect', log);
  await client.run('seedCases', { cases: bench.size(10_000), eventsEach: EVENTS_EACH });
  const events = await projector.run('open', { url: log.url, keeps });
  let databases = 0;
  /** A new one for each round, so that all begin with empty tables. */
  const database = (): Promise<string> => {
    databases += 1;
    return postgres(`round_${databases}`);
  };
  return { projector, client, events, database };
}

/** @throws when tables differ in their rows, or in how many there must be */
async function sameRows(projector: Awaited<ReturnType<typeof prepareProjector>>['projector'], projection: ProjectionName, databases: readonly string[]): Promise<string> {
  const digests = new Set<string>();
  for (const database of databases) digests.add(await projector.run('digest', { database, projection }));
  const rows = await projector.run('rowCount', { projection });
  const [digest = ''] = digests;
  if (digests.size !== 1 || !digest.startsWith(`${rows} rows,`)) throw new Error(`The tables of ${projection} differ, or do not hold ${rows} rows: ${[...digests].join('; ')}`);
  return `${databases.length} tables of ${digest}`;
}

export const projectionEndToEnd: Comparison = {
  kind: 'comparison',
  name: 'projection',
  what: 'a projection from the log to rows in an empty PostgreSQL, a row an event, through the runner',
  against: 'a subscription of the same client to the same events, which does nothing with them',
  unit: 'events/s',
  figure: 'ratio',
  goal: { atLeast: 0.5 },
  async prepare(bench) {
    const { projector, client, events, database } = await prepareProjector(bench, false);
    const made: string[] = [];
    return {
      what: async () => {
        const url = await database();
        made.push(url);
        return projector.run('endToEnd', { database: url, projection: 'notes' });
      },
      against: () => client.run('noopSubscription', { prefix: 'noted-', events }),
      verify: () => sameRows(projector, 'notes', made),
    };
  },
};

const sinkOf = (projection: ProjectionName, name: string, what: string, goal?: Comparison['goal']): Comparison => ({
  kind: 'comparison',
  name,
  what,
  against: 'COPY of the same rows into an equal table of an empty PostgreSQL',
  unit: 'events/s',
  figure: 'ratio',
  ...(goal === undefined ? {} : { goal }),
  async prepare(bench) {
    const { projector, database } = await prepareProjector(bench, true);
    const made: string[] = [];
    const add = async (): Promise<string> => {
      const url = await database();
      made.push(url);
      return url;
    };
    return {
      what: async () => projector.run('sink', { database: await add(), projection }),
      against: async () => projector.run('copy', { from: made[0] as string, to: await add(), projection }),
      verify: () => sameRows(projector, projection, made),
    };
  },
});

export const sink = sinkOf('notes', 'sink', 'the same projection from events that are decoded and in memory', { atLeast: 0.25 });
export const sinkOfChangedRows = sinkOf('cases', 'sink-changed-rows', 'a projection that reads and changes a row for each of its four events, from events in memory');
