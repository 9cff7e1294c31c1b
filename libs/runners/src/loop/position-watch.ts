interface Waiter {
  readonly isReady: () => boolean;
  readonly resolve: () => void;
}

/** Where each projection's serving table is, as far as this process knows, and who waits for it. */
export class PositionWatch {
  readonly #positions = new Map<string, bigint>();
  readonly #waiters = new Set<Waiter>();

  /** The lowest of the names; undefined when one of them is not known. */
  lowest(names: readonly string[]): bigint | undefined {
    let lowest: bigint | undefined;
    for (const name of names) {
      const position = this.#positions.get(name);
      if (position === undefined) return undefined;
      if (lowest === undefined || position < lowest) lowest = position;
    }
    return lowest;
  }

  moved(name: string, position: bigint): void {
    this.#positions.set(name, position);
    for (const waiter of this.#waiters) {
      if (waiter.isReady()) waiter.resolve();
    }
  }

  /** After the connection was lost, PostgreSQL may have come back with less. */
  forget(): void {
    this.#positions.clear();
  }

  /** Resolves true when all names have passed, false when the time is over. */
  passed(names: readonly string[], position: bigint, timeoutMs: number): Promise<boolean> {
    const isReady = () => (this.lowest(names) ?? -2n) >= position;
    if (isReady()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (ready: boolean) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(ready);
      };
      const waiter: Waiter = { isReady, resolve: () => finish(true) };
      const timer = setTimeout(() => finish(false), timeoutMs);
      this.#waiters.add(waiter);
    });
  }
}
