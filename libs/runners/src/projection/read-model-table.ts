import { createHash } from 'node:crypto';
import type { DataSource, ObjectLiteral } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { columnOf, quoteName, UnfitEntity, type Column } from './column.js';
import { viewName, type Key, type KeyValue, type Projection } from './projection.js';

/** What a projection's entity says about its tables, whatever generation. */
export interface ReadModelTable {
  readonly view: string;
  readonly columns: readonly Column[];
  readonly keyColumns: readonly Column[];
  /** Changes when columns, keys or indices change. */
  readonly shape: string;
  /** CREATE TABLE and CREATE INDEX. */
  create(table: string): string[];
  keyValues(key: Key): readonly KeyValue[];
  keyOf(row: object): Key;
  keyText(key: Key): string;
}

/** @throws UnfitEntity when the entity declares what a read model cannot have. */
export function readModelTable(dataSource: DataSource, projection: Projection<ObjectLiteral>): ReadModelTable {
  const metadata = dataSource.getMetadata(projection.entity);
  const view = viewName(projection);
  // A table's name carries a suffix, and PostgreSQL cuts names at 63 bytes.
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(view)) throw new UnfitEntity(`Projection ${projection.name}: a name is kebab-case and has up to 40 letters`);
  if (metadata.tableName !== view) throw new UnfitEntity(`Entity of projection ${projection.name}: its tableName must be ${view}, not ${metadata.tableName}`);
  if (metadata.relations.length > 0 || metadata.embeddeds.length > 0) throw new UnfitEntity(`Entity ${view}: a read model has no relations and no embedded columns`);
  if (metadata.primaryColumns.length === 0) throw new UnfitEntity(`Entity ${view}: a read model needs a primary key`);

  const columns = metadata.columns.map((column) => columnOf(column, dataSource.driver as PostgresDriver));
  const keyColumns = columns.filter(({ isKey }) => isKey);
  const indices = [
    ...metadata.indices.map((index) => ({
      names: index.columns.map((column) => column.databaseName), unique: index.isUnique, type: index.type, where: index.where,
    })),
    ...metadata.uniques.map((unique) => ({ names: unique.columns.map((column) => column.databaseName), unique: true, type: undefined, where: undefined })),
  ];

  const create = (table: string): string[] => [
    `CREATE TABLE ${quoteName(table)} (${[...columns.map(({ declaration }) => declaration), `PRIMARY KEY (${names(keyColumns)})`].join(', ')})`,
    ...indices.map(({ names: indexed, unique, type, where }, i) => {
      const isGin = columns.some(({ name, defaultIndex }) => indexed.includes(name) && defaultIndex === 'gin');
      return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteName(`${table}_i${i + 1}`)} ON ${quoteName(table)} USING ${type ?? (isGin ? 'gin' : 'btree')} `
        + `(${indexed.map(quoteName).join(', ')})${where ? ` WHERE ${where}` : ''}`;
    }),
  ];

  const keyValues = (key: Key): readonly KeyValue[] => {
    if (typeof key !== 'object') return [key];
    return keyColumns.map(({ property }) => key[property] as KeyValue);
  };
  return {
    view, columns, keyColumns, create, keyValues,
    shape: createHash('sha256').update(create('t').join(';')).digest('hex').slice(0, 16),
    keyOf: (row) => Object.fromEntries(keyColumns.map(({ property }) => [property, (row as Record<string, KeyValue>)[property] as KeyValue])),
    keyText: (key) => {
      const values = keyValues(key);
      if (values.length !== keyColumns.length) throw new TypeError(`Read model ${view}: its key has ${keyColumns.length} columns`);
      return values.map((value, i) => (keyColumns[i] as Column).keyText(value)).join('\u0000');
    },
  };
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => quoteName(name)).join(', ');
