/** The console's view of the HTTP interface of the tickets service, written out by hand, and the calls it makes. Instants are ISO 8601 UTC. */
import type { CommandForm } from './commands/command-schema.js';
import { isRecord, ProblemError, problemOf } from './problem/problem-error.js';

export { ProblemError };
export type { Change, Problem } from './problem/problem-error.js';
import { createKnownPosition } from './live/known-position.js';
import type { KnownPosition } from './live/known-position.js';

export type Status = 'registered' | 'routed' | 'waiting' | 'resolved' | 'closed';
export type ClockState = 'running' | 'paused' | 'met' | 'broken' | 'superseded';

export interface Mall {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly policyVersion: string;
  readonly calendarVersion: string;
}

export interface Me {
  readonly id: string;
  readonly role: string;
  /** What every role is called. */
  readonly roles: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  readonly commands: readonly string[];
  readonly systemActions: readonly string[];
}

/** When a mall is open, in order. */
export type OpenSpans = readonly { readonly from: string; readonly to: string }[];

export interface ClockSummary {
  readonly state: ClockState;
  readonly dueAt?: string | null;
  /** Of a clock of opening hours that has not stopped: around now and its end. */
  readonly openSpans?: OpenSpans;
}

export interface CaseSummary {
  readonly id: string;
  readonly reference: string;
  readonly mallId: string;
  readonly status: Status;
  readonly subject: string;
  readonly category?: string | null;
  readonly channel: string;
  readonly department?: string | null;
  readonly queue?: string | null;
  readonly shop?: string | null;
  readonly openedAt: string;
  readonly lastActivityAt: string;
  readonly acknowledge: ClockSummary | null;
  readonly promise: ClockSummary | null;
  readonly externalReference?: string | null;
  /** Decimal. */
  readonly revision: string;
}

export interface CasePage {
  readonly items: readonly CaseSummary[];
  readonly total: number;
  readonly next?: string | null;
  readonly position?: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facets {
  readonly departments: readonly FacetValue[];
  readonly channels: readonly FacetValue[];
  readonly statuses: readonly FacetValue[];
  readonly malls: readonly FacetValue[];
}

export interface Pause {
  readonly from: string;
  readonly to?: string | null;
}

export interface Clock {
  readonly clockId: string;
  readonly name: string;
  readonly mode: 'open' | 'wall';
  readonly startedAt: string;
  /** Where pauses have moved the deadline to; null while paused. */
  readonly dueAt: string | null;
  readonly limitMs?: number | null;
  readonly pauses: readonly Pause[];
  readonly stoppedAt?: string | null;
  readonly state: ClockState;
  readonly remainingMs?: number | null;
  /** Of a clock of opening hours: from its start to some days beyond its end. */
  readonly openSpans?: OpenSpans;
}

export interface TimelineEntry {
  /** Decimal. */
  readonly revision: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly data: Readonly<Record<string, unknown>>;
  readonly backdatingReason?: string | null;
}

/** What a person's key no longer opens is answered as this word. */
export const ERASED = 'erased';

export interface Complainant {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
}

export interface CaseDetail extends Omit<CaseSummary, 'acknowledge' | 'promise'> {
  readonly description?: string | null;
  readonly eventAt?: string | null;
  /** Absent when the caller may not see it or the case has none. */
  readonly complainant?: Complainant | null;
  readonly policyVersion: string;
  readonly calendarVersion: string;
  readonly clocks: readonly Clock[];
  readonly timeline: readonly TimelineEntry[];
  /** The commands that the caller may send now. */
  readonly allowed: readonly string[];
  /** The one of those that usually comes next. */
  readonly next?: string | null;
  readonly position?: string;
}

/** A command's answer, with the position its own page has to wait for. */
export interface CommandAnswer {
  readonly id: string;
  /** Empty when there was nothing left to do. */
  readonly events: readonly { readonly type: string; readonly occurredAt: string }[];
  readonly position?: string;
}

/** One command on its way. Sent again with the same key, it is done once. */
export interface CommandRequest {
  /** Below `/complaints`; empty for the one that creates. */
  readonly path: string;
  readonly body: object;
  readonly key: string;
  /** The revision that the sender saw. */
  readonly ifMatch?: string;
}

export interface Rebuild {
  readonly phase: 'catch-up' | 'compare' | 'switch' | 'refused' | 'failed';
  /** Decimal positions of the log: good for a ratio, they do not count events. */
  readonly done: string;
  readonly total: string;
  /** Events applied so far. */
  readonly events: number;
  readonly startedAt: string;
  /** Of the phases refused and failed. */
  readonly error?: string;
}

export interface Runner {
  readonly name: string;
  readonly kind: 'projection' | 'reaction';
  readonly state: 'running' | 'standby' | 'rebuilding' | 'degraded' | 'stopped';
  /** Decimal positions of the log; null where none is known, -1 for the end of an empty log. */
  readonly position: string | null;
  readonly logEnd: string;
  /** The difference of the two. */
  readonly lag: number | null;
  readonly error?: { readonly message: string; readonly since?: string; readonly position?: string; readonly type?: string };
  readonly rebuild?: Rebuild;
}

/** `away`: the system cannot do its work. `degraded`: it can, but not all of it. */
export interface Health {
  readonly state: 'ready' | 'degraded' | 'away';
  readonly reasons: readonly string[];
}

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const parse = (text: string): unknown => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const answer = async (path: string, token: string | undefined, call: Call): Promise<{ response: Response; body: unknown }> => {
  try {
    const response = await fetch(path, {
      method: call.method ?? 'GET',
      signal: call.signal ?? null,
      ...(call.body !== undefined && { body: call.body }),
      headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...call.headers },
    });
    return { response, body: parse(await response.text()) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError({ title: 'No answer', status: 0, code: 'no-answer' });
  }
};

/** How long a command may go without an answer. */
const COMMAND_LIMIT_MS = 20_000;

/**
 * The calls of the console with one bearer token. Every method throws a ProblemError unless the answer is a success. Of
 * cases, none answers less than `known` says is there.
 */
export const createApi = (token: () => string | undefined, known: KnownPosition = createKnownPosition()) => {
  const ask = async <T>(path: string, call: Call = {}): Promise<T> => {
    const { response, body } = await answer(path, token(), call);
    if (!response.ok) throw new ProblemError(problemOf(response, body));
    if (body === undefined) throw new ProblemError({ title: 'Unreadable answer', status: response.status, code: 'unreadable' });
    return body as T;
  };
  const asOf = async <T>(path: string, signal: AbortSignal | undefined, after = known.after()): Promise<T> => {
    const found = await ask<T>(after === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`, { signal });
    known.reached(after);
    return found;
  };
  const tickets = '/api/tickets';
  return {
    me: (signal?: AbortSignal) => ask<Me>(`${tickets}/me`, { signal }),
    malls: (signal?: AbortSignal) => ask<readonly Mall[]>(`${tickets}/malls`, { signal }),
    cases: (query: string, signal?: AbortSignal) => asOf<CasePage>(`${tickets}/complaints?${query}`, signal),
    facets: (query: string, signal?: AbortSignal) => asOf<Facets>(`${tickets}/complaints/facets?${query}`, signal),
    /** `after`: not before it shows that position; a problem `view-behind` when that takes too long. */
    case: (id: string, signal?: AbortSignal, after?: string) => asOf<CaseDetail>(`${tickets}/complaints/${encodeURIComponent(id)}`, signal, after),
    /** The stream of what changes, as it comes. @throws when no answer comes */
    live: (signal: AbortSignal): Promise<Response> =>
      fetch(`${tickets}/live`, { signal, cache: 'no-store', headers: { accept: 'text/event-stream', authorization: `Bearer ${token() ?? ''}` } }),
    commands: (signal?: AbortSignal) => ask<readonly CommandForm[]>(`${tickets}/commands`, { signal }),
    send: async ({ path, body, key, ifMatch }: CommandRequest): Promise<CommandAnswer> => {
      // What never left is known not to have been done.
      if (!navigator.onLine) throw new ProblemError({ title: 'Offline', status: 0, code: 'offline' });
      const { response, body: answered } = await answer(`${tickets}/complaints${path}`, token(), {
        method: 'POST',
        signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }) },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new ProblemError(problemOf(response, answered));
      if (!isRecord(answered)) throw new ProblemError({ title: 'Unreadable answer', status: response.status, code: 'unreadable' });
      const position = response.headers.get('atrium-position') ?? undefined;
      known.wrote(position);
      return { ...(answered as unknown as CommandAnswer), position };
    },
    runners: (signal?: AbortSignal) => ask<readonly Runner[]>(`${tickets}/runners`, { signal }),
    /** The key makes a repeated press one rebuild. */
    rebuild: (name: string, idempotencyKey: string) =>
      ask<{ name: string; generation: number }>(`${tickets}/projections/${encodeURIComponent(name)}/rebuild`, {
        method: 'POST',
        headers: { 'idempotency-key': idempotencyKey },
      }),
    /** Readiness gives its reasons whether it is ready (200) or not (503). */
    health: async (signal?: AbortSignal): Promise<Health> => {
      const { response, body } = await answer('/health/ready', undefined, { signal });
      if (isRecord(body) && 'state' in body && 'reasons' in body) return body as unknown as Health;
      throw new ProblemError(problemOf(response, body));
    },
  };
};

export type Api = ReturnType<typeof createApi>;
