import { StorageFailed } from '../errors.js';
import type { EventLog } from '../log/event-log.js';
import { LogRecord, type ProposedEvent } from '../log/record.js';
import type { AppendOptions } from '../wire/append-request.js';
import type { Outcome } from './outcome.js';
import { StreamHeads, type StreamHead } from './stream-head.js';

export interface AppenderOptions {
  /** Bytes of data one append may carry; one byte more is refused. */
  readonly maximumAppendBytes: number;
  /** Called when the log cannot be read, or, once, when a commit has failed. */
  readonly onFailure: (error: unknown) => void;
}

type Answer = (outcome: Outcome) => void;

interface Group {
  readonly records: LogRecord[];
  readonly answers: (readonly [Answer, Outcome])[];
}

const EMPTY_GROUP = (): Group => ({ records: [], answers: [] });

/**
 * Decides appends one after the other and commits them in groups: what arrives while a group is being flushed forms the next one.
 * An answer leaves after the flush of everything it rests on, so that a refusal never tells of an event that a power cut can undo.
 */
export class Appender {
  readonly statistics = { flushes: 0, acknowledged: 0 };
  private readonly heads: StreamHeads;
  private next = EMPTY_GROUP();
  private position: number;
  private createdMs: number;
  private committing = false;
  private scheduled = false;
  private failure: StorageFailed | undefined;
  private readonly idle: (() => void)[] = [];

  constructor(
    private readonly log: EventLog,
    lastCreatedMs: number,
    private readonly options: AppenderOptions,
  ) {
    this.heads = new StreamHeads(log);
    this.position = log.lastPosition;
    this.createdMs = lastCreatedMs;
  }

  /** Calls `answer` exactly once, never before this returns. */
  append(options: AppendOptions, events: readonly ProposedEvent[], answer: Answer): void {
    this.next.answers.push([answer, this.decideOrFail(options, events)]);
    this.schedule();
  }

  /** Nothing is appended any more. */
  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** Resolves when everything appended so far has been answered. */
  async settled(): Promise<void> {
    if (!this.committing && !this.scheduled) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** A decision reads the log, which may turn out to be damaged: that concerns this append and whoever watches over the server. */
  private decideOrFail(options: AppendOptions, events: readonly ProposedEvent[]): Outcome {
    try {
      return this.decide(options, events);
    } catch (error) {
      this.options.onFailure(error);
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private decide({ stream, expected, deadlineMs }: AppendOptions, events: readonly ProposedEvent[]): Outcome {
    if (this.failure) return { kind: 'unavailable', reason: this.failure.message };
    if (stream === '$all') return { kind: 'access-denied' };
    if (deadlineMs <= Date.now()) return { kind: 'timeout' };
    let bytes = 0;
    for (const event of events) bytes += event.data.length;
    if (bytes > this.options.maximumAppendBytes) return { kind: 'too-large', limit: this.options.maximumAppendBytes };
    const head = this.heads.of(stream);
    const last = head.lastRevision;
    const wrong: Outcome = { kind: 'wrong-expected-revision', current: last };
    switch (expected.kind) {
      case 'stream-exists':
        if (last === -1) return wrong;
        return this.again(head, events) ?? this.write(head, events);
      case 'any':
        return this.again(head, events) ?? this.write(head, events);
      case 'no-stream':
      case 'exact': {
        const revision = expected.kind === 'exact' ? expected.revision : -1n;
        if (revision === BigInt(last)) return this.write(head, events);
        if (revision > BigInt(last) || events.length === 0) return wrong;
        const first = Number(revision) + 1;
        const position = head.positionOfWrite(first, events);
        return position === undefined ? wrong : { kind: 'appended', revision: first + events.length - 1, position };
      }
    }
  }

  /** Without an exact revision a write is known again by the id of its first event among the newest of the stream. */
  private again(head: StreamHead, events: readonly ProposedEvent[]): Outcome | undefined {
    const [first] = events;
    const revision = first && head.recentRevision(first.id.toString('latin1'));
    if (revision === undefined) return undefined;
    const position = head.positionOfWrite(revision, events);
    if (position === undefined) return { kind: 'wrong-expected-revision', current: head.lastRevision };
    return { kind: 'appended', revision: revision + events.length - 1, position };
  }

  private write(head: StreamHead, events: readonly ProposedEvent[]): Outcome {
    if (events.length === 0) return { kind: 'appended', revision: head.lastRevision, position: undefined };
    this.createdMs = Math.max(this.createdMs, Date.now());
    for (const event of events) {
      this.position += 1;
      const place = { position: this.position, stream: head.stream, revision: head.lastRevision + 1, createdMs: this.createdMs };
      this.next.records.push(LogRecord.encode(place, event));
      head.append(event.id.toString('latin1'), this.position);
    }
    return { kind: 'appended', revision: head.lastRevision, position: this.position };
  }

  /** A group is closed at the end of the event loop's turn, when all requests that came in together have been decided. */
  private schedule(): void {
    if (this.scheduled || this.committing) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.commitNext();
    });
  }

  private async commitNext(): Promise<void> {
    const group = this.next;
    this.next = EMPTY_GROUP();
    this.committing = true;
    const failure = await this.commit(group.records);
    this.committing = false;
    for (const [answer, outcome] of group.answers) {
      if (!failure) this.statistics.acknowledged += 1;
      answer(failure ? { kind: 'unavailable', reason: failure.message } : outcome);
    }
    if (this.next.answers.length > 0) this.schedule();
    else for (const resolve of this.idle.splice(0)) resolve();
  }

  private async commit(records: readonly LogRecord[]): Promise<StorageFailed | undefined> {
    if (records.length === 0 || this.failure) return this.failure;
    try {
      await this.log.commit(records);
      this.statistics.flushes += 1;
    } catch (error) {
      this.failure = new StorageFailed(error);
      this.options.onFailure(this.failure);
    }
    return this.failure;
  }
}
