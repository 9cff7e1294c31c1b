import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { connectionState, EventStore } from '@atrium/event-store';
import { createService, createVerifier, identityOptions, type Verifier } from '@atrium/http';
import { KeyVault } from '@atrium/personal-data';
import { ProjectionRunner } from '@atrium/runners';
import { complaintUpcasts, roles } from '@atrium/tickets-domain';
import type { TicketsEnvironment } from './environment.js';
import { LiveStreams } from './live/live-streams.js';
import { componentSchemas, tags } from './openapi.js';
import { RecordBreachWhenClockDue } from './reactions/when-clock-due/record-breach.js';
import { TicketsModule, type TicketsEngines } from './tickets.module.js';
import { ComplaintEntity } from './views/complaints/complaints.entity.js';
import { ComplaintTimelineEntity } from './views/complaint-timeline/complaint-timeline.entity.js';

/** The service as a host runs it: alone, or beside others in one process. */
export interface TicketsService {
  readonly name: 'tickets';
  /** Routes under `/api/tickets`; it does not listen by itself. */
  readonly app: NestFastifyApplication;
  /** `unready`: commands cannot be taken. `degraded`: they can, and something else does not get on. */
  health(): Promise<{ readonly state: 'ok' | 'degraded' | 'unready'; readonly reasons: readonly string[] }>;
  openApi(): OpenAPIObject;
  /** Ends the answers that last, so that whoever closes the server need not wait for them. */
  endStreams(): void;
  close(): Promise<void>;
}

/** Connects, starts what follows the log, and answers; PostgreSQL may be away meanwhile. */
export async function createTicketsService(environment: TicketsEnvironment): Promise<TicketsService> {
  const { engines, app, verify } = await compose(environment);
  const { store } = engines;
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const runner = app.get(ProjectionRunner);
  const scheduler = app.get(RecordBreachWhenClockDue);
  runner.start();
  scheduler.start();

  return {
    name: 'tickets',
    app,
    async health() {
      const [log, keys] = await Promise.all([connectionState(store), verify.health()]);
      const missing = [...(log === 'ok' ? [] : [`event store: ${log}`]), ...(keys === 'none' ? ['token keys: the issuer does not answer with any'] : [])];
      if (missing.length > 0) return { state: 'unready', reasons: missing };
      const { state, error } = runner.status();
      const reasons = [
        ...(keys === 'stale' ? ['token keys: the issuer does not answer, and the last ones are taken for an hour'] : []),
        ...(state === 'degraded' ? [`tickets views: ${error?.message ?? 'not following the log'}`] : []),
        ...(scheduler.error === undefined ? [] : [`clocks are not watched: ${scheduler.error}`]),
      ];
      return { state: reasons.length === 0 ? 'ok' : 'degraded', reasons };
    },
    openApi: () => describe(app),
    endStreams: () => app.get(LiveStreams).endAll(),
    async close() {
      const ended = await Promise.allSettled([app.close(), scheduler.stop(), runner.stop()]);
      await disconnect(engines);
      for (const end of ended) if (end.status === 'rejected') throw end.reason;
    },
  };
}

/** The OpenAPI document without any engine. */
export async function ticketsOpenApi(): Promise<OpenAPIObject> {
  const { engines, app } = await compose({
    ATRIUM_EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false', ATRIUM_POSTGRES_URL: 'postgres://127.0.0.1:1', ATRIUM_TICKETS_DATABASE: 'tickets', ATRIUM_KEYS_DATABASE: 'keys',
    ATRIUM_JWKS_URL: 'http://127.0.0.1:1/', ATRIUM_ISSUER: 'none', ATRIUM_AUDIENCE: 'none', ATRIUM_ROLE_CLAIM: 'role', ATRIUM_CLOCK_SKEW_SECONDS: 30, ATRIUM_KEYS_MASTER: '0'.repeat(64), ATRIUM_PORT: 0,
    ATRIUM_RATE_LIMIT: 0, ATRIUM_RATE_LIMIT_INTEGRATION: 0, ATRIUM_RATE_LIMIT_UNKNOWN: 0, ATRIUM_TRUSTED_PROXIES: 0,
  });
  await app.init();
  const document = describe(app);
  await app.close();
  await disconnect(engines);
  return document;
}

async function compose(environment: TicketsEnvironment): Promise<{ engines: TicketsEngines; app: NestFastifyApplication; verify: Verifier }> {
  const { ATRIUM_EVENT_STORE_URL, ATRIUM_POSTGRES_URL, ATRIUM_KEYS_MASTER } = environment;
  const verify = createVerifier({ ...identityOptions(environment), roles });
  const engines: TicketsEngines = {
    store: EventStore.connect({ url: ATRIUM_EVENT_STORE_URL, upcasts: complaintUpcasts }),
    dataSource: new DataSource({
      type: 'postgres', url: databaseUrl(ATRIUM_POSTGRES_URL, environment.ATRIUM_TICKETS_DATABASE), entities: [ComplaintEntity, ComplaintTimelineEntity],
      synchronize: false, logging: false, poolSize: 10, applicationName: 'atrium tickets', connectTimeoutMS: 5_000, extra: { keepAlive: true },
    }),
    vault: new KeyVault({ url: databaseUrl(ATRIUM_POSTGRES_URL, environment.ATRIUM_KEYS_DATABASE), master: ATRIUM_KEYS_MASTER }),
    secret: Buffer.from(ATRIUM_KEYS_MASTER, 'hex'),
  };
  const app = await createService({
    name: 'tickets',
    module: TicketsModule.with(engines),
    verify,
    limits: environment,
  });
  return { engines, app, verify };
}

async function disconnect({ dataSource, vault, store }: TicketsEngines): Promise<void> {
  await Promise.all([dataSource.isInitialized ? dataSource.destroy() : undefined, vault.close(), store.dispose()]);
}

function describe(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder().setTitle('Atrium tickets').setVersion('1').setOpenAPIVersion('3.1.0').addBearerAuth();
  for (const { name, description } of Object.values(tags)) head.addTag(name, description);
  const document = SwaggerModule.createDocument(app, head.build());
  return { ...document, components: { ...document.components, schemas: { ...document.components?.schemas, ...componentSchemas() } } } as OpenAPIObject;
}

const databaseUrl = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};
