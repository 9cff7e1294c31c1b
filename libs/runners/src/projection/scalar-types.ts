/** A PostgreSQL type that a read model's column may have, under TypeORM's normalized name. */
export interface ScalarType {
  readonly element: string;
  /** Needs no quotes in an array literal. */
  readonly bare: boolean;
  readonly inArrays: boolean;
  accepts(value: unknown): boolean;
  /** The text form, the same for equal values. */
  encode(value: unknown): string;
  /** What the driver gives for a stored value. */
  restore(value: unknown): unknown;
}

const isString = (value: unknown): value is string => typeof value === 'string';

const text: ScalarType = { element: 'text', bare: false, inArrays: true, accepts: isString, encode: String, restore: (value) => value };

const isWhole = (value: unknown): boolean =>
  typeof value === 'bigint' || Number.isSafeInteger(value) || (isString(value) && /^-?\d{1,19}$/.test(value));

const whole = (element: string, restore: ScalarType['restore']): ScalarType => ({
  element, bare: true, inArrays: true, accepts: isWhole, restore,
  encode: (value) => BigInt(value as string | number | bigint).toString(),
});

// Without a zone a text would be read in the zone of the machine.
const zoned = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Only types whose values come back as they were put, so that a row read within a batch is the row read after it.
 * Hence no numeric, no real and no character(n): they round or pad.
 */
export const scalarTypes: Readonly<Record<string, ScalarType>> = {
  'text': text,
  'character varying': text,
  'uuid': { ...text, element: 'uuid', encode: (value) => (value as string).toLowerCase(), restore: (value) => (value as string).toLowerCase() },
  'date': { ...text, element: 'date', inArrays: false, accepts: (value) => isString(value) && /^\d{4}-\d\d-\d\d$/.test(value) },
  'smallint': whole('smallint', Number),
  'integer': whole('integer', Number),
  'bigint': whole('bigint', (value) => BigInt(value as string | number | bigint).toString()),
  'double precision': { element: 'double precision', bare: true, inArrays: false, accepts: (value) => typeof value === 'number', encode: String, restore: (value) => value },
  'boolean': { element: 'boolean', bare: true, inArrays: true, accepts: (value) => typeof value === 'boolean', encode: String, restore: (value) => value },
  'timestamp with time zone': {
    element: 'timestamptz', bare: false, inArrays: false,
    accepts: (value) => (value instanceof Date || (isString(value) && zoned.test(value))) && !Number.isNaN(new Date(value).getTime()),
    encode: (value) => new Date(value as string | Date).toISOString(),
    restore: (value) => new Date(value as string | Date),
  },
  'jsonb': {
    element: 'jsonb', bare: false, inArrays: false, accepts: (value) => JSON.stringify(value) !== undefined,
    encode: (value) => JSON.stringify(value),
    restore: (value) => JSON.parse(JSON.stringify(value)) as unknown,
  },
  'bytea': {
    element: 'bytea', bare: false, inArrays: false, accepts: Buffer.isBuffer,
    encode: (value) => `\\x${(value as Buffer).toString('hex')}`, restore: (value) => value,
  },
};
