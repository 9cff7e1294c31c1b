/** Keys for a short time: a key destroyed in another process is forgotten here when its time is over. */
export class KeyCache {
  readonly #entries = new Map<string, { readonly key: Buffer; readonly until: number }>();
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  readonly #capacity: number;

  /** `now` is a monotonic clock in milliseconds. */
  constructor({ now, lifetimeMs, capacity }: { readonly now: () => number; readonly lifetimeMs: number; readonly capacity: number }) {
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
    this.#capacity = capacity;
  }

  get(personId: string): Buffer | undefined {
    const entry = this.#entries.get(personId);
    if (!entry) return undefined;
    if (entry.until > this.#now()) return entry.key;
    this.#entries.delete(personId);
    return undefined;
  }

  set(personId: string, key: Buffer): void {
    // A Map keeps the order of insertion: the first is the one that expires first.
    this.#entries.delete(personId);
    this.#entries.set(personId, { key, until: this.#now() + this.#lifetimeMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
  }

  delete(personId: string): void {
    this.#entries.delete(personId);
  }

  get size(): number {
    return this.#entries.size;
  }
}
