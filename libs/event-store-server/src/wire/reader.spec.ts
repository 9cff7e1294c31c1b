import fc from 'fast-check';
import { MalformedMessage } from '../errors.js';
import { readAppend, readBatchAppend } from './append-request.js';
import { readReadRequest } from './read-request.js';
import { WireReader } from './reader.js';
import { varintLength, WireWriter, writeVarint } from './writer.js';

describe('WireReader', () => {
  it('reads every unsigned number exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const reader = new WireReader(new WireWriter().uint(7, value).finish());
        expect(reader.next()).toBe(true);
        expect(reader.field).toBe(7);
        expect(reader.uint64()).toBe(value);
        expect(reader.next()).toBe(false);
      }),
    );
  });

  it('reads negative numbers of 64 bits', () => {
    const reader = new WireReader(new WireWriter().uint(1, -2n).finish());
    reader.next();
    expect(reader.int64()).toBe(-2n);
  });

  it('skips fields it does not know', () => {
    const fixed = Buffer.from([(20 << 3) & 0x7f | 0x80 | 1, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
    const message = Buffer.concat([new WireWriter().uint(1, 5).string(2, 'ignored').finish(), fixed, new WireWriter().string(3, 'kept').finish()]);
    const reader = new WireReader(message);
    const texts: string[] = [];
    while (reader.next()) {
      if (reader.field === 3) texts.push(reader.string());
      else reader.skip();
    }
    expect(texts).toEqual(['kept']);
  });

  it.each([
    ['a field longer than its message', [0x0a, 0x05, 0x01]],
    ['a number without an end', [0x08, 0xff]],
    ['a number longer than ten bytes', [0x08, ...Array<number>(11).fill(0xff)]],
    ['a group', [0x0b]],
    ['field number zero', [0x00, 0x00]],
  ])('refuses %s', (_, bytes) => {
    const reader = new WireReader(Buffer.from(bytes));
    expect(() => {
      while (reader.next()) reader.skip();
    }).toThrow(MalformedMessage);
  });

  it('meets arbitrary bytes with a message or a refusal, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(readBatchAppend, readAppend, readReadRequest), (bytes, read) => {
        try {
          read(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('writeVarint', () => {
  it('takes as many bytes as announced', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (value) => {
        expect(writeVarint(Buffer.alloc(10), 0, value)).toBe(varintLength(value));
      }),
    );
  });
});
