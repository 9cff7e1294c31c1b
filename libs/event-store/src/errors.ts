import type { Recorded } from '@atrium/kernel';

/** The event store did not answer and nothing was written: 503, repeat later. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
  constructor(cause: unknown) {
    super('The event store is not reachable', { cause });
  }
}

/** An append was sent and neither its answer nor its events could be found: 503, repeat with the same key. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  constructor(readonly stream: string, cause: unknown) {
    super(`It is not known whether the events were written to ${stream}; repeat with the same key`, { cause });
  }
}

/** Others kept writing to the stream between every load and append: 409, repeat. */
export class ConflictNotResolved extends Error {
  override readonly name = 'ConflictNotResolved';
  constructor(readonly stream: string, readonly tries: number) {
    super(`${stream} was changed by others during each of ${tries} tries`);
  }
}

/** More than the server takes in one append: 413, in smaller pieces. Nothing was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(readonly stream: string, cause: unknown) {
    super(`The events for ${stream} are more than the event store takes at once`, { cause });
  }
}

/** `If-Match` named a revision after which another person has written: 412, with what they wrote. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(readonly given: bigint, readonly current: bigint, readonly since: readonly Recorded[]) {
    super(`Others have changed this since revision ${given}; it is at revision ${current}`);
  }
}

/** The idempotency key belongs to a command with other content: 422. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
  constructor() {
    super('This idempotency key was used for a command with other content');
  }
}

/** A stored event that cannot be decoded. It is named, never skipped. */
export class DamagedEvent extends Error {
  override readonly name = 'DamagedEvent';
  constructor(readonly stream: string, readonly revision: bigint, what: string) {
    super(`Event ${revision} of ${stream} cannot be read: ${what}`);
  }
}
