import type { EventLog } from '../log/event-log.js';
import type { ProposedEvent } from '../log/record.js';

const KNOWN_AT_MOST = 256;
const KNOWN_AFTER_TRIM = 128;

/** Where a stream ends, appends that are not yet durable included, with the ids of its newest events. */
export class StreamHead {
  /** -1 without events. */
  lastRevision: number;
  /** Of the newest event appended by this process; 0 before the first. */
  lastPosition = 0;
  /** `ids[i]` and `positions[i]` belong to revision `known + i`; all revisions before `known` are durable. */
  private known: number;
  private ids: string[] = [];
  private positions: number[] = [];

  constructor(
    private readonly log: EventLog,
    readonly stream: string,
  ) {
    this.lastRevision = log.lastRevision(stream);
    this.known = this.lastRevision + 1;
  }

  append(id: string, position: number): void {
    if (this.ids.length >= KNOWN_AT_MOST && this.lastPosition <= this.log.lastPosition) {
      const surplus = this.ids.length - KNOWN_AFTER_TRIM;
      this.ids = this.ids.slice(surplus);
      this.positions = this.positions.slice(surplus);
      this.known += surplus;
    }
    this.ids.push(id);
    this.positions.push(position);
    this.lastRevision += 1;
    this.lastPosition = position;
  }

  /** The position of the last event, if these very events stand at `revision` and after it. */
  positionOfWrite(revision: number, events: readonly ProposedEvent[]): number | undefined {
    const stored = this.stored(revision, Math.min(this.known - revision, events.length));
    let position: number | undefined;
    for (const [index, event] of events.entries()) {
      const [id, at] = stored[index] ?? [this.ids[revision + index - this.known], this.positions[revision + index - this.known]];
      if (id !== event.id.toString('latin1')) return undefined;
      position = at;
    }
    return position;
  }

  /** The revision of an event among the newest of the stream; events older than some hundred are not looked for. */
  recentRevision(id: string): number | undefined {
    const missing = KNOWN_AFTER_TRIM - this.ids.length;
    if (missing > 0 && this.known > 0) {
      const from = Math.max(this.known - missing, 0);
      const stored = this.stored(from, this.known - from);
      this.ids.unshift(...stored.map(([storedId]) => storedId));
      this.positions.unshift(...stored.map(([, position]) => position));
      this.known = from;
    }
    const index = this.ids.indexOf(id);
    return index === -1 ? undefined : this.known + index;
  }

  private stored(revision: number, count: number): (readonly [id: string, position: number])[] {
    if (count <= 0) return [];
    const records = this.log.readStream(this.stream, revision, 'forwards', { records: count, bytes: Infinity });
    return records.map((record) => [record.idKey, record.position] as const);
  }
}

/** The heads of the streams written lately. */
export class StreamHeads {
  private readonly heads = new Map<string, StreamHead>();

  constructor(
    private readonly log: EventLog,
    private readonly limit = 50_000,
  ) {}

  of(stream: string): StreamHead {
    const known = this.heads.get(stream);
    const head = known ?? new StreamHead(this.log, stream);
    if (known) this.heads.delete(stream);
    this.heads.set(stream, head);
    if (this.heads.size > this.limit) this.forgetOldest();
    return head;
  }

  private forgetOldest(): void {
    for (const [stream, head] of this.heads) {
      if (this.heads.size <= this.limit || head.lastPosition > this.log.lastPosition) return;
      this.heads.delete(stream);
    }
  }
}
