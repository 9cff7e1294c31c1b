import { identitySettings, rateLimitSettings } from '@atrium/http';
import { z } from 'zod';

const PORT = 'must be a whole number from 0 (any free port) to 65535';

/** What the service needs to run alone or beside others. Addresses only; every secret is in the PostgreSQL URL and the key. */
export const ticketsEnvironment = z.object({
  /** `esdb://host:port?tls=false` or a cluster's connection string. */
  ATRIUM_EVENT_STORE_URL: z.string().startsWith('esdb', 'must be an esdb:// connection string'),
  /** `postgres://user:password@host:port`; the two databases below are on it and must exist. */
  ATRIUM_POSTGRES_URL: z.string().startsWith('postgres', 'must be a postgres:// URL'),
  ATRIUM_TICKETS_DATABASE: z.string().min(1).default('tickets'),
  ATRIUM_KEYS_DATABASE: z.string().min(1).default('keys'),
  ...identitySettings,
  /** 64 hexadecimal digits: wraps the persons' keys. */
  ATRIUM_KEYS_MASTER: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  ...rateLimitSettings,
  /** Only where the service runs alone. */
  ATRIUM_PORT: z.string().regex(/^\d{1,5}$/, PORT).default('3000').transform(Number).refine((port) => port <= 65_535, PORT),
});

export type TicketsEnvironment = z.output<typeof ticketsEnvironment>;
