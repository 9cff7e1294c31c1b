import { TableColumn, type ValueTransformer } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { scalarTypes, type ScalarType } from './scalar-types.js';

/** One column of a read model: how a property's value becomes an element of a PostgreSQL array, and comes back. */
export interface Column {
  readonly property: string;
  readonly name: string;
  readonly isKey: boolean;
  /** As in CREATE TABLE. */
  readonly declaration: string;
  /** Element type for `unnest`, and what casts such an element to the column's type. */
  readonly element: string;
  readonly cast: string;
  readonly defaultIndex: 'btree' | 'gin';
  /** An element of an array literal. Throws ColumnValueRefused; never names the value. */
  encode(value: unknown): string;
  /** What reading gives back once the value is stored. */
  restore(value: unknown): unknown;
  /** From what the driver gave. */
  hydrate(raw: unknown): unknown;
  /** Equal for values that PostgreSQL holds equal. */
  keyText(value: unknown): string;
}

/** An entity declares what a read model cannot have: a mistake of the program, told at the start. */
export class UnfitEntity extends Error {
  override readonly name = 'UnfitEntity';
}

/** A value does not fit its column. The message holds no value. */
export class ColumnValueRefused extends Error {
  override readonly name = 'ColumnValueRefused';
}

export function columnOf(metadata: ColumnMetadata, driver: PostgresDriver): Column {
  const base = driver.normalizeType(metadata as Parameters<PostgresDriver['normalizeType']>[0]);
  const scalar = scalarTypes[base];
  const where = `${metadata.entityMetadata.tableName}.${metadata.databaseName}`;
  if (!scalar || (metadata.isArray && !scalar.inArrays)) {
    throw new UnfitEntity(`Column ${where}: a read model cannot hold ${base}${metadata.isArray ? '[]' : ''}; it can hold ${Object.keys(scalarTypes).join(', ')}`);
  }
  if (metadata.isGenerated || metadata.generatedType) throw new UnfitEntity(`Column ${where}: generated values cannot be rebuilt`);

  const type = driver.createFullType(new TableColumn({
    name: metadata.databaseName, type: base, length: driver.getColumnLength(metadata), isArray: metadata.isArray,
    ...(metadata.precision == null ? {} : { precision: metadata.precision }),
  }));
  const toStored = (value: unknown) => transform(metadata.transformer, value, 'to');
  const refuse = (value: unknown): never => {
    throw new ColumnValueRefused(`Column ${where} (${type}) was given ${value instanceof Date ? 'an invalid date' : `a value of type ${typeof value} that does not fit`}`);
  };
  const check = (value: unknown) => (scalar.accepts(value) ? value : refuse(value));

  return {
    property: metadata.propertyName,
    name: metadata.databaseName,
    isKey: metadata.isPrimary,
    declaration: `${quoteName(metadata.databaseName)} ${type}${metadata.collation ? ` COLLATE ${quoteName(metadata.collation)}` : ''}${metadata.isNullable ? '' : ' NOT NULL'}`,
    element: metadata.isArray ? 'text' : scalar.element,
    cast: metadata.isArray ? `::${scalar.element}[]` : '',
    defaultIndex: metadata.isArray || base === 'jsonb' ? 'gin' : 'btree',
    encode: (value) => {
      const stored = toStored(value);
      if (stored == null) return 'NULL';
      if (!metadata.isArray) return element(scalar, check(stored));
      if (!Array.isArray(stored)) return refuse(stored);
      return quote(`{${stored.map((item: unknown) => (item == null ? 'NULL' : element(scalar, check(item)))).join(',')}}`);
    },
    restore: (value) => {
      const stored = toStored(value) ?? null;
      const raw = stored === null ? null : metadata.isArray ? (stored as unknown[]).map((item) => (item == null ? null : scalar.restore(item))) : scalar.restore(stored);
      return driver.prepareHydratedValue(raw, metadata) as unknown;
    },
    hydrate: (raw) => driver.prepareHydratedValue(raw, metadata) as unknown,
    keyText: (value) => {
      const stored = toStored(value);
      return scalar.encode(check(stored));
    },
  };
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const element = (scalar: ScalarType, value: unknown): string => (scalar.bare ? scalar.encode(value) : quote(scalar.encode(value)));

const special = /["\\]/;
const quote = (text: string): string => `"${special.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

function transform(transformer: ValueTransformer | ValueTransformer[] | undefined, value: unknown, direction: 'to'): unknown {
  if (transformer === undefined) return value;
  return [transformer].flat().reduce<unknown>((current, step) => step[direction](current) as unknown, value);
}
