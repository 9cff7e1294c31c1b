import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MaxAppendSizeExceededError, WrongExpectedVersionError } from '@eventstore/db-client';
import { isRefusal, type Actor, type Event, type Recorded, type Refusal } from '@atrium/kernel';
import { outcomeIsUnknown } from './driver-errors.js';
import { AppendTooLarge, ConflictNotResolved, OutcomeUnknown, StaleRevision } from './errors.js';
import type { Encoded } from './codec.js';
import type { EventStore } from './event-store.js';
import { findCommand } from './find-command.js';
import { inTurn } from './in-turn.js';
import { loadStream } from './load.js';

/** Who asks for what: goes into the metadata of every event the command writes. */
export interface CommandIdentity {
  readonly commandId: string;
  readonly requestHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly actor: Actor;
  /** For a stream that the command creates; others keep the mall of their first event. */
  readonly mallId: string;
  readonly backdatingReason?: string;
}

/** A stream as it was folded. `revision` is undefined when it does not exist. */
export interface Loaded<State> {
  readonly state: State;
  readonly history: readonly Recorded[];
  readonly revision: bigint | undefined;
}

export interface Execution<E extends Event, State> {
  readonly stream: string;
  /** Skips the first read: a repetition is found when the append meets the existing stream. */
  readonly creates: boolean;
  readonly initialState: State;
  readonly evolve: (state: State, event: E) => State;
  readonly decide: (loaded: Loaded<State>) => readonly E[] | Refusal | Promise<readonly E[] | Refusal>;
  readonly identity: CommandIdentity;
  /** 412 when another person has written after this revision; the system's own events do not count. */
  readonly ifMatch?: bigint | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `accepted` and `repeated` carry the stored events of the command; `nothing`: there was nothing left to do. */
export type Outcome<State> =
  | { readonly kind: 'accepted' | 'repeated'; readonly written: readonly Recorded[]; readonly loaded: Loaded<State>; readonly position: bigint }
  | { readonly kind: 'nothing'; readonly loaded: Loaded<State>; readonly position: bigint | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly loaded: Loaded<State> };

const TRIES = 3;

/**
 * Load, fold, find a repeat, decide, append at the folded revision; after a conflict all of it again. Commands of one
 * process for one stream take turns, so that conflicts are left to other processes.
 * @throws StaleRevision, KeyReused, AppendTooLarge, ConflictNotResolved, OutcomeUnknown, EventStoreUnavailable, and what `decide` throws.
 */
export const execute = <E extends Event, State>(store: EventStore, execution: Execution<E, State>): Promise<Outcome<State>> =>
  inTurn(execution.stream, () => tryInTurn(store, execution));

async function tryInTurn<E extends Event, State>(store: EventStore, execution: Execution<E, State>): Promise<Outcome<State>> {
  const { stream } = execution;
  const reload = async () => fold(execution, await loadStream(store, stream));
  if (execution.creates) {
    const created = await create(store, execution);
    if (created) return created;
  }
  let loaded = await reload();
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const repeated = findRepeat(execution, loaded);
    if (repeated) return repeated;
    refuseStale(execution, loaded);
    const decided = await execution.decide(loaded);
    if (isRefusal(decided)) return { kind: 'refused', refusal: decided, loaded };
    if (decided.length === 0) return { kind: 'nothing', loaded, position: loaded.history.at(-1)?.position };
    const accepted = await append(store, execution, loaded, decided);
    if (accepted) return accepted;
    await pause(5 + Math.random() * 20 * attempt);
    loaded = await reload();
  }
  const repeated = findRepeat(execution, loaded);
  if (repeated) return repeated;
  throw new ConflictNotResolved(stream, TRIES);
}

/**
 * A creation without the read: nearly always there is no such stream. Undefined when there may be one, or when the
 * command cannot be done: then only the stream can tell whether this is a repetition of one that was.
 */
async function create<E extends Event, State>(store: EventStore, execution: Execution<E, State>): Promise<Outcome<State> | undefined> {
  if (execution.ifMatch !== undefined) return undefined;
  const unread = fold(execution, []);
  let decided: readonly E[] | Refusal;
  try {
    decided = await execution.decide(unread);
  } catch (error) {
    const loaded = fold(execution, await loadStream(store, execution.stream));
    const repeated = findRepeat(execution, loaded);
    if (repeated) return repeated;
    throw error;
  }
  return isRefusal(decided) || decided.length === 0 ? undefined : append(store, execution, unread, decided);
}

function findRepeat<E extends Event, State>({ identity }: Execution<E, State>, loaded: Loaded<State>): Outcome<State> | undefined {
  const written = findCommand(loaded.history, identity.commandId, identity.requestHash);
  return written.length > 0 ? { kind: 'repeated', written, loaded, position: lastOf(written).position } : undefined;
}

/** Undefined when the stream is no longer as it was loaded. */
async function append<E extends Event, State>(
  store: EventStore, execution: Execution<E, State>, loaded: Loaded<State>, decided: readonly E[],
): Promise<Outcome<State> | undefined> {
  const { stream, identity } = execution;
  const stamped = stamp(store, execution, loaded, decided);
  const position = await appendOnce(store, stream, stamped, loaded.revision, identity);
  return position === undefined ? undefined : new Accepted(execution, loaded, stamped, position);
}

/** What was appended, told when it is asked for: an import asks for the position only. */
class Accepted<E extends Event, State> {
  readonly kind = 'accepted';
  private told: readonly Recorded[] | undefined;
  private extended: Loaded<State> | undefined;

  constructor(
    private readonly execution: Execution<E, State>, private readonly before: Loaded<State>, private readonly stamped: readonly Encoded[], readonly position: bigint,
  ) {}

  get written(): readonly Recorded[] {
    const { stream } = this.execution;
    return (this.told ??= this.stamped.map((encoded, index) => toRecorded(stream, encoded, this.before.revision, this.position, index)));
  }

  get loaded(): Loaded<State> {
    return (this.extended ??= extend(this.execution, this.before, this.written));
  }
}

/**
 * Sends one append; when its outcome is unknown, looks for the command and sends the very same events once more, which
 * the store recognises by their ids. What is found may be another request's with the same key, so that it is left to
 * the next load to say what was stored.
 */
async function appendOnce(
  store: EventStore, stream: string, events: readonly Encoded[], revision: bigint | undefined, { commandId, requestHash }: CommandIdentity,
): Promise<bigint | undefined> {
  for (let sends = 1; ; sends += 1) {
    try {
      return await store.append(stream, events, revision);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return undefined;
      if (error instanceof MaxAppendSizeExceededError) throw new AppendTooLarge(stream, error);
      if (!outcomeIsUnknown(error)) throw error;
      const history = await loadStream(store, stream).catch((cause: unknown) => { throw new OutcomeUnknown(stream, cause); });
      if (findCommand(history, commandId, requestHash).length > 0) return undefined;
      if (sends === 2) throw new OutcomeUnknown(stream, error);
    }
  }
}

function stamp<E extends Event, State>(store: EventStore, { identity, now }: Execution<E, State>, { history }: Loaded<State>, events: readonly E[]): Encoded[] {
  const recordedAt = latest(new Date(now()).toISOString(), history.at(-1)?.metadata.recordedAt);
  const metadata = { ...identity, mallId: history[0]?.metadata.mallId ?? identity.mallId, recordedAt };
  return events.map((event) => store.codec.encode(randomUUID(), event, metadata));
}

/** ISO instants of one format order as text. */
const latest = (now: string, last: string | undefined): string => (last !== undefined && last > now ? last : now);

/** The log need not number without gaps, so that each event of an append is given the position of its last. */
function toRecorded(stream: string, { id, type, data, metadata }: Encoded, before: bigint | undefined, position: bigint, index: number): Recorded {
  return { type, data, occurredAt: metadata.occurredAt, id, stream, revision: (before ?? -1n) + BigInt(index + 1), position, metadata };
}

function refuseStale<E extends Event, State>({ ifMatch, identity }: Execution<E, State>, { history, revision }: Loaded<State>): void {
  // Without a stream the decision says what is missing.
  if (ifMatch === undefined || revision === undefined) return;
  const since = history.filter((event) =>
    event.revision > ifMatch && event.metadata.actor.role !== 'system' && event.metadata.actor.id !== identity.actor.id);
  if (since.length > 0 || ifMatch > revision) throw new StaleRevision(ifMatch, revision, since);
}

function fold<E extends Event, State>({ initialState, evolve }: Execution<E, State>, history: readonly Recorded[]): Loaded<State> {
  const state = history.reduce((current, event) => evolve(current, event as unknown as E), initialState);
  return { state, history, revision: history.at(-1)?.revision };
}

function extend<E extends Event, State>({ evolve }: Execution<E, State>, { state, history }: Loaded<State>, recorded: readonly Recorded[]): Loaded<State> {
  return {
    state: recorded.reduce((current, event) => evolve(current, event as unknown as E), state),
    history: [...history, ...recorded],
    revision: lastOf(recorded).revision,
  };
}

const lastOf = (events: readonly Recorded[]): Recorded => events.at(-1) as Recorded;
