import { randomUUID } from 'node:crypto';
import { parseUuid } from '../wire/uuid.js';
import { LogRecord, positionKey, positionOf } from './record.js';

const place = { position: 4_294_967_297, stream: '投诉-7', revision: 12, createdMs: 1_800_000_000_123 };
const event = { id: parseUuid(randomUUID()), type: 'Gemeldet', contentType: 'application/json', metadata: Buffer.from('{"m":1}'), data: Buffer.from('{"d":2}') };

describe('LogRecord', () => {
  it('is read as it was written', () => {
    const record = LogRecord.decode(positionKey(place.position), LogRecord.encode(place, event).value);
    expect(record).toMatchObject({ ...place, type: event.type, id: event.id });
  });

  it('is refused at another position', () => {
    expect(LogRecord.decode(positionKey(place.position + 1), LogRecord.encode(place, event).value)).toBeUndefined();
  });

  it('is refused with any bit of it changed', () => {
    const { value } = LogRecord.encode(place, event);
    for (let bit = 0; bit < value.length * 8; bit += 1) {
      const changed = Buffer.from(value);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(LogRecord.decode(positionKey(place.position), changed)).toBeUndefined();
    }
  });

  it('is refused when it is cut short', () => {
    const { value } = LogRecord.encode(place, event);
    for (let length = 0; length < value.length; length += 1) expect(LogRecord.decode(positionKey(place.position), value.subarray(0, length))).toBeUndefined();
  });
});

describe('positionKey', () => {
  it.each([0, 1, 4_294_967_295, 4_294_967_296, Number.MAX_SAFE_INTEGER])('keeps %d', (position) => {
    expect(positionOf(positionKey(position))).toBe(position);
  });

  it('sorts as the numbers do', () => {
    const positions = [Number.MAX_SAFE_INTEGER, 256, 4_294_967_296, 1, 255];
    expect(positions.map(positionKey).sort(Buffer.compare).map(positionOf)).toEqual([1, 255, 256, 4_294_967_296, Number.MAX_SAFE_INTEGER]);
  });
});
