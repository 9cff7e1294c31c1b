import type { Role } from '@atrium/tickets-domain';
import type { Route } from './described-routes.fixture.js';

/** What is sent, as it stands on the wire. */
export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** One thing that a caller may get wrong, and what may be said to it. */
export interface Case {
  readonly name: string;
  readonly sent: Sent;
  readonly statuses: readonly number[];
  readonly code?: string;
}

/** What cases of a route are made with. */
export interface Ground {
  readonly route: Route;
  /** A valid body, as text; undefined where the route takes none. */
  readonly body: string | undefined;
  /** The path with ids of things that exist. */
  readonly address: string;
  /** Headers of one who may call it, a new Idempotency-Key among them. */
  headers(): Readonly<Record<string, string>>;
  token(role: Role): string;
}

/** The valid request with something changed. A header that is undefined is left out. */
export function altered({ route, body, address, headers }: Ground, changes: { readonly method?: string; readonly address?: string; readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>; readonly body?: string | Buffer | null }): Sent {
  const sentBody = changes.body === null ? undefined : changes.body ?? body;
  const all: Record<string, string | readonly string[] | undefined> = { ...headers(), ...changes.headers };
  return {
    method: changes.method ?? route.method,
    address: changes.address ?? address,
    headers: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string | readonly string[]] => entry[1] !== undefined)),
    ...(sentBody === undefined ? {} : { body: sentBody }),
  };
}
