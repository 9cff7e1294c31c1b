import type { SourceBatch } from '../event-source.js';
import type { Connection } from '../postgres/connection.js';
import { applyOrBlame, type Prepare, type Target } from './apply-batch.js';
import { Gate } from './gate.js';
import type { PositionWatch } from './position-watch.js';

/** The targets that follow the log together, all at one position. */
export class LiveGroup {
  readonly #gate = new Gate();
  readonly #watch: PositionWatch;
  #targets: readonly Target[];
  #firstJoined: () => void = () => undefined;
  /** Resolves when there is something to follow. */
  readonly inhabited: Promise<void>;

  constructor(targets: readonly Target[], watch: PositionWatch) {
    this.#targets = targets;
    this.#watch = watch;
    this.inhabited = targets.length > 0 ? Promise.resolve() : new Promise((resolve) => { this.#firstJoined = resolve; });
  }

  /** Undefined while nothing follows. */
  get position(): bigint | undefined {
    return this.#targets[0]?.position;
  }

  has(projection: string): boolean {
    return this.#targets.some((target) => target.projection.name === projection);
  }

  /** @throws PoisonEvent, or what is transient */
  async follow(connection: Connection, batch: SourceBatch, prepare?: Prepare): Promise<void> {
    await this.#gate.run(() => applyOrBlame(connection, this.#targets, batch, prepare));
  }

  /** Tells those who wait how far the tables are. */
  announce(): void {
    for (const { projection, position } of this.#targets) this.#watch.moved(projection.name, position);
  }

  /** Runs `work` between two batches; nothing moves until it is done. */
  hold<T>(work: (position: bigint | undefined) => Promise<T>): Promise<T> {
    return this.#gate.run(() => work(this.position));
  }

  /** Within `hold` and at the group's position: takes the place of the projection's former table, if it had one here. */
  join(target: Target): void {
    this.#targets = [...this.#targets.filter(({ projection }) => projection.name !== target.projection.name), target];
    this.#watch.moved(target.projection.name, target.position);
    this.#firstJoined();
  }
}
