import { randomUUID } from 'node:crypto';
import { MalformedMessage } from '../errors.js';
import type { EventLog } from '../log/event-log.js';
import { openCursor } from '../read/cursor.js';
import { createFilter } from '../read/filter.js';
import { Outlet, type ReadCall } from '../read/outlet.js';
import { Read } from '../read/read.js';
import { Subscription } from '../read/subscription.js';
import { confirmation, eventWithStringId, eventWithStructuredId, streamNotFound } from '../wire/read-response.js';
import type { FilterOptions, ReadRequest } from '../wire/read-request.js';
import { Cancelled, failureOf } from './failure.js';
import type { OpenCalls } from './open-calls.js';

const DEFAULT_WINDOW = 32;

/** Serves reads and subscriptions. */
export class Reads {
  constructor(
    private readonly log: EventLog,
    private readonly openCalls: OpenCalls,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  serve(call: ReadCall): void {
    const release: (() => void)[] = [];
    const fail = (error: unknown): void => {
      for (const each of release.splice(0)) each();
      if (!(error instanceof MalformedMessage || error instanceof Cancelled)) this.onFailure(error);
      call.emit('error', failureOf(error));
    };
    release.push(this.openCalls.add(() => fail(new Cancelled())));
    call.once('cancelled', () => {
      for (const each of release.splice(0)) each();
    });
    try {
      this.begin(call, fail, release);
    } catch (error) {
      fail(error);
    }
  }

  /** What `release` collects is called once, when the call is over. */
  private begin(call: ReadCall, fail: (error: unknown) => void, release: (() => void)[]): void {
    const { request } = call;
    const { source, mode } = request;
    const filter = request.filter && createFilter(request.filter);
    const turns = new Turns(() => pumped.pump(), fail);
    const outlet = new Outlet(call, turns.take);
    const cursor = openCursor(this.log, request);
    const encode = request.structuredIds ? eventWithStructuredId : eventWithStringId;
    release.push(() => outlet.close(), () => turns.stop());
    let pumped: Read | Subscription;
    if (mode.kind === 'subscription') {
      pumped = new Subscription(outlet, { cursor, filter, encode, checkpointEvery: checkpointInterval(request.filter) });
      outlet.send([confirmation(randomUUID())]);
      release.push(this.log.onCommit(turns.later, source.kind === 'stream' ? source.stream : undefined));
    } else {
      pumped = new Read(outlet, { cursor, filter, encode, count: mode.count });
      if (isMissing(this.log, request)) {
        outlet.send([streamNotFound(source.kind === 'stream' ? source.stream : '$all')]);
        outlet.end();
        return;
      }
    }
    turns.take();
  }
}

const isMissing = (log: EventLog, { source }: ReadRequest): boolean => source.kind === 'stream' && log.lastRevision(source.stream) === -1;

const checkpointInterval = (filter: FilterOptions | undefined): number => {
  if (!filter) return 0;
  const interval = (filter.window ?? DEFAULT_WINDOW) * filter.checkpointMultiplier;
  if (interval === 0) throw new MalformedMessage('a filter with a checkpoint interval of zero');
  return interval;
};

/** Gives a pump its turns in the event loop: at most one is pending, and none comes after the stop. */
class Turns {
  private pending: NodeJS.Immediate | undefined;
  private stopped = false;

  constructor(
    private readonly pump: () => boolean,
    private readonly fail: (error: unknown) => void,
  ) {}

  readonly take = (): void => {
    if (this.stopped) return;
    try {
      if (this.pump()) this.later();
    } catch (error) {
      this.fail(error);
    }
  };

  readonly later = (): void => {
    if (this.stopped) return;
    this.pending ??= setImmediate(() => {
      this.pending = undefined;
      this.take();
    });
  };

  stop(): void {
    this.stopped = true;
    if (this.pending) clearImmediate(this.pending);
  }
}

