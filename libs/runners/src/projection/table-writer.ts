import type { Connection } from '../postgres/connection.js';
import { quoteName, type Column } from './column.js';
import type { Key } from './projection.js';
import type { ReadModelTable } from './read-model-table.js';
import { RowBuffer } from './row-buffer.js';

const rowsPerStatement = 5_000;

/** Reads and writes the rows of one generation's table, many in a statement. */
export class TableWriter {
  readonly table: ReadModelTable;
  readonly #select: string;
  readonly #upsert: string;
  readonly #delete: string;

  constructor(table: ReadModelTable, name: string) {
    this.table = table;
    const { columns, keyColumns } = table;
    const plain = columns.filter(({ isKey }) => !isKey);
    const keys = unnest(keyColumns);
    const matches = keyColumns.map((column) => `t.${quoteName(column.name)} = k.${quoteName(column.name)}`).join(' AND ');
    this.#select = `SELECT ${columns.map((column) => `t.${quoteName(column.name)}`).join(', ')} FROM ${keys} AS k(${names(keyColumns)}) JOIN ${quoteName(name)} t ON ${matches}`;
    this.#delete = `DELETE FROM ${quoteName(name)} t USING ${keys} AS k(${names(keyColumns)}) WHERE ${matches}`;
    this.#upsert = `INSERT INTO ${quoteName(name)} (${names(columns)}) `
      + `SELECT ${columns.map((column) => `u.${quoteName(column.name)}${column.cast}`).join(', ')} FROM ${unnest(columns)} AS u(${names(columns)}) `
      + `ON CONFLICT (${names(keyColumns)}) DO ${plain.length === 0 ? 'NOTHING' : `UPDATE SET ${plain.map(({ name: column }) => `${quoteName(column)} = EXCLUDED.${quoteName(column)}`).join(', ')}`}`;
  }

  /** A buffer that knows the rows of these keys. */
  async read(connection: Connection, keys: ReadonlyMap<string, Key>): Promise<RowBuffer> {
    const buffer = new RowBuffer(this.table);
    if (keys.size === 0) return buffer;
    const { rows } = await connection.repeat(this.#select, this.#keyArrays([...keys.values()]));
    buffer.remember(keys, rows.map((raw) => Object.fromEntries(this.table.columns.map(({ property, name, hydrate }) => [property, hydrate(raw[name])]))));
    return buffer;
  }

  /** Within the caller's transaction. Answers how many rows were written and deleted. */
  async write(connection: Connection, buffer: RowBuffer): Promise<number> {
    const deleted = buffer.deleted();
    // First, so that a row may take over another's unique value.
    if (deleted.length > 0) await connection.repeat(this.#delete, this.#keyArrays(deleted));
    const written = buffer.written();
    const count = written[0]?.length ?? 0;
    for (let from = 0; from < count; from += rowsPerStatement) {
      await connection.repeat(this.#upsert, written.map((values) => `{${values.slice(from, from + rowsPerStatement).join(',')}}`));
    }
    return count + deleted.length;
  }

  #keyArrays(keys: readonly Key[]): string[] {
    const values = keys.map((key) => this.table.keyValues(key));
    return this.table.keyColumns.map((column, i) => `{${values.map((key) => column.encode(key[i])).join(',')}}`);
  }
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => quoteName(name)).join(', ');

const unnest = (columns: readonly Column[]): string => `unnest(${columns.map(({ element }, i) => `$${i + 1}::${element}[]`).join(', ')})`;
