import { MalformedMessage } from '../errors.js';
import { LogRecord } from '../log/record.js';
import type { FilterOptions } from '../wire/read-request.js';
import { createFilter } from './filter.js';

const record = (stream: string, type: string): LogRecord =>
  LogRecord.encode(
    { position: 1, stream, revision: 0, createdMs: 0 },
    { id: Buffer.alloc(16), type, contentType: 'application/json', metadata: Buffer.alloc(0), data: Buffer.alloc(0) },
  );
const options = (filter: Partial<FilterOptions>): FilterOptions => ({ on: 'stream-name', prefixes: [], regex: '', window: undefined, checkpointMultiplier: 1, ...filter });

describe('createFilter', () => {
  it.each([
    ['one prefix of several', { prefixes: ['order-', 'complaint-'] }, true],
    ['no prefix', { prefixes: ['order-', 'omplaint'] }, false],
    ['a prefix of the type', { on: 'event-type', prefixes: ['Door'] }, true],
    ['a name where a type is asked for', { on: 'event-type', prefixes: ['complaint'] }, false],
    ['an expression anywhere in the name', { regex: 'laint-\\d' }, true],
    ['an anchored expression', { regex: '^laint' }, false],
    ['an expression over the type', { on: 'event-type', regex: '^[^$].*' }, true],
    ['an escape of other engines', { regex: 'complaint\\-1' }, true],
  ] as const)('knows %s', (_, filter, expected) => {
    expect(createFilter(options(filter))(record('complaint-1', 'DoorOpened'))).toBe(expected);
  });

  it('gives the same answer each time it is asked', () => {
    const filter = createFilter(options({ regex: 'a' }));
    expect([1, 2, 3].map(() => filter(record('aaa', 'T')))).toEqual([true, true, true]);
  });

  it('refuses what is no expression', () => {
    expect(() => createFilter(options({ regex: '(' }))).toThrow(MalformedMessage);
  });
});
