import { randomUUID } from 'node:crypto';
import { createDatabase, startIssuer, startOwnEventStore, type TestDatabase, type TestIssuer } from '@atrium/testing';
import { ticketsEnvironment } from '../environment.js';
import { createTicketsService, type TicketsService } from '../tickets-service.js';

/** Whatever JSON holds; specs say what they expect of it. */
export type Json = unknown;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Undefined unless the answer is JSON. */
  readonly body: Record<string, Json>;
}

export interface RequestOptions {
  readonly role?: string;
  readonly sub?: string;
  /** Idempotency-Key; a new one each time unless given, none when null. */
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The whole service on a log and databases of its own. */
export interface RunningTickets {
  readonly service: TicketsService;
  readonly database: TestDatabase;
  readonly keys: TestDatabase;
  readonly eventStoreUrl: string;
  readonly issuer: TestIssuer;
  /** Valid for an hour, or for as long as `lasts` says: `2s`. */
  token(role: string, sub?: string, lasts?: string): Promise<string>;
  get(path: string, options?: RequestOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: RequestOptions): Promise<Answer>;
  /** Rows as NDJSON; answers the lines. */
  import(rows: readonly (object | string)[], options?: RequestOptions): Promise<Record<string, Json>[]>;
  /** One more instance on the same log and databases; whoever asks for it closes it. */
  another(): Promise<TicketsService>;
  /** Ends the log's server and starts it again. */
  restartLog(): Promise<void>;
  /** Ends the log's server, for good. */
  stopLog(): Promise<void>;
  stop(): Promise<void>;
}

/** With settings of its own beside those that lead to its engines. */
export async function startTickets(settings: NodeJS.ProcessEnv = {}): Promise<RunningTickets> {
  const [log, issuer, database, keys] = await Promise.all([startOwnEventStore(), startIssuer(), createDatabase('tickets'), createDatabase('keys')]);
  const start = () => createTicketsService(ticketsEnvironment.parse({
    ATRIUM_EVENT_STORE_URL: log.url,
    ATRIUM_POSTGRES_URL: process.env.ATRIUM_TEST_POSTGRES_URL,
    ATRIUM_TICKETS_DATABASE: database.name,
    ATRIUM_KEYS_DATABASE: keys.name,
    ATRIUM_JWKS_URL: issuer.jwksUrl,
    ATRIUM_ISSUER: issuer.issuer,
    ATRIUM_AUDIENCE: issuer.audience,
    ATRIUM_KEYS_MASTER: '07'.repeat(32),
    ...settings,
  }));
  const service = await start();

  const send = async (method: 'GET' | 'POST', path: string, { role = 'supervisor', sub, key, body, headers }: RequestOptions): Promise<Answer> => {
    const answer = await service.app.inject({
      method,
      url: `/api/tickets${path}`,
      ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      headers: {
        authorization: `Bearer ${await issuer.token(role, sub)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' || key === null ? {} : { 'idempotency-key': key ?? randomUUID() }),
        ...headers,
      },
    });
    const isJson = /json/.test(String(answer.headers['content-type'])) && !/ndjson/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: isJson ? JSON.parse(answer.body) as Answer['body'] : {} };
  };

  return {
    service, database, keys, eventStoreUrl: log.url, issuer,
    token: (role, sub, lasts) => issuer.token(role, sub, lasts),
    get: (path, options = {}) => send('GET', path, options),
    post: (path, body, options = {}) => send('POST', path, { ...options, body }),
    import: async (rows, options = {}) => {
      const answer = await send('POST', '/import', {
        role: 'integration', key: null, ...options,
        body: rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
        headers: { 'content-type': 'application/x-ndjson' },
      });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
      return answer.text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, Json>);
    },
    another: start,
    restartLog: () => log.restart(),
    stopLog: () => log.stop(),
    stop: async () => {
      await service.close();
      await Promise.all([log.stop(), issuer.stop(), database.drop(), keys.drop()]);
    },
  };
}
