import fc from 'fast-check';
import { crc32c } from './crc32c.js';

describe('crc32c', () => {
  it.each([
    // RFC 3720, appendix B.4, and the customary check value.
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['ascending bytes', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
    ['descending bytes', Buffer.from(Array.from({ length: 32 }, (_, index) => 31 - index)), 0x113fdb5c],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
    ['nothing', Buffer.alloc(0), 0],
  ])('of %s', (_, bytes, checksum) => {
    expect(crc32c(bytes)).toBe(checksum);
  });

  it('goes on where another one ended', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        const at = Math.min(cut, bytes.length);
        expect(crc32c(bytes, at, crc32c(bytes.subarray(0, at)))).toBe(crc32c(bytes));
      }),
    );
  });
});
