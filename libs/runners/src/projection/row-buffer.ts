import type { Key, Rows } from './projection.js';
import type { ReadModelTable } from './read-model-table.js';

type Row = Record<string, unknown>;

/** A row as it shall be after the batch; undefined when it shall not be. */
interface Change {
  readonly key: Key;
  readonly row: Row | undefined;
  /** The same row as reading it back would give it. */
  restored?: Row;
}

/** A projection's function read a row that its `reads` does not name. */
export class RowNotPrefetched extends Error {
  override readonly name = 'RowNotPrefetched';
  constructor(view: string) {
    super(`a row of ${view} was read that \`reads\` does not name for this event`);
  }
}

/** The rows a batch touches: what was read before it, and by key what it leaves behind. */
export class RowBuffer implements Rows<Row> {
  readonly #table: ReadModelTable;
  readonly #read = new Map<string, Row | undefined>();
  readonly #changes = new Map<string, Change>();
  #readable: readonly string[] = [];

  constructor(table: ReadModelTable) {
    this.#table = table;
  }

  /** What the table holds for the keys asked for. */
  remember(keys: ReadonlyMap<string, Key>, rows: readonly Row[]): void {
    for (const text of keys.keys()) this.#read.set(text, undefined);
    for (const row of rows) this.#read.set(this.#table.keyText(this.#table.keyOf(row)), row);
  }

  /** The keys whose rows the next event may read, so that what a function may do does not depend on the batch. */
  allow(keyTexts: readonly string[]): void {
    this.#readable = keyTexts;
  }

  get(key: Key): Readonly<Row> | undefined {
    const text = this.#table.keyText(key);
    if (!this.#readable.includes(text)) throw new RowNotPrefetched(this.#table.view);
    const change = this.#changes.get(text);
    if (change) {
      if (change.row) change.restored ??= this.#restore(change.row);
      return change.restored;
    }
    return this.#read.get(text);
  }

  put(row: Row): void {
    const key = this.#table.keyOf(row);
    this.#changes.set(this.#table.keyText(key), { key, row });
  }

  delete(key: Key): void {
    this.#changes.set(this.#table.keyText(key), { key, row: undefined });
  }

  /** Rows that differ from what was read, column by column as elements of array literals. */
  written(): string[][] {
    const { columns } = this.#table;
    const values: string[][] = columns.map(() => []);
    for (const [text, { row }] of this.#changes) {
      if (!row) continue;
      const encoded = columns.map(({ property, encode }) => encode(row[property]));
      const before = this.#read.get(text);
      if (before && columns.every(({ property, encode }, i) => encode(before[property]) === encoded[i])) continue;
      for (let i = 0; i < encoded.length; i++) (values[i] as string[]).push(encoded[i] as string);
    }
    return values;
  }

  deleted(): Key[] {
    const keys: Key[] = [];
    for (const [text, { key, row }] of this.#changes) {
      const isAbsent = this.#read.has(text) && this.#read.get(text) === undefined;
      if (!row && !isAbsent) keys.push(key);
    }
    return keys;
  }

  #restore(row: Row): Row {
    return Object.fromEntries(this.#table.columns.map(({ property, restore }) => [property, restore(row[property])]));
  }
}
