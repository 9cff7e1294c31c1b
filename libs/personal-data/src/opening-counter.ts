import type { KeyDatabase } from './key-database.js';
import { erased } from './sealed.js';

interface Count {
  opened: number;
  erased: number;
}

/** How much was opened for which purpose. Opening does not wait for the count: what is not written yet is written with the next. */
export class OpeningCounter {
  readonly #database: KeyDatabase;
  #counts = new Map<string, Count>();
  #writing: Promise<void> | undefined;

  constructor(database: KeyDatabase) {
    this.#database = database;
  }

  count(purpose: string, values: readonly (string | typeof erased)[]): void {
    const erasedValues = values.filter((value) => value === erased).length;
    this.#add(purpose, { opened: values.length - erasedValues, erased: erasedValues });
    this.#writing ??= this.#write().finally(() => { this.#writing = undefined; });
  }

  /** Tries once more to write what is outstanding. */
  async flushed(): Promise<void> {
    await this.#writing;
    await this.#write();
  }

  async #write(): Promise<void> {
    while (this.#counts.size > 0) {
      const taken = this.#counts;
      this.#counts = new Map();
      try {
        await this.#database.countOpenings([...taken].map(([purpose, count]) => ({ purpose, ...count })));
      } catch {
        // Kept for the next time; whoever needs a key meanwhile is told that the database is away.
        for (const [purpose, count] of taken) this.#add(purpose, count);
        return;
      }
    }
  }

  #add(purpose: string, { opened, erased: erasedValues }: Count): void {
    const count = this.#counts.get(purpose) ?? { opened: 0, erased: 0 };
    this.#counts.set(purpose, { opened: count.opened + opened, erased: count.erased + erasedValues });
  }
}
