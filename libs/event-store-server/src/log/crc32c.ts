const POLYNOMIAL = 0x82f63b78;
const TABLE_BYTES = 256 * 4;

/** Eight tables of 256 numbers ("slicing by eight"), one after the other. */
const tables = (() => {
  const view = new DataView(new ArrayBuffer(8 * TABLE_BYTES));
  for (let index = 0; index < 256; index += 1) {
    let crc = index;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    view.setInt32(index * 4, crc, true);
  }
  for (let index = 0; index < 256; index += 1) {
    let crc = view.getInt32(index * 4, true);
    for (let table = 1; table < 8; table += 1) {
      crc = view.getInt32((crc & 0xff) * 4, true) ^ (crc >>> 8);
      view.setInt32(table * TABLE_BYTES + index * 4, crc, true);
    }
  }
  return view;
})();

const entry = (table: number, byte: number): number => tables.getInt32(table * TABLE_BYTES + (byte & 0xff) * 4, true);

/** CRC-32C (Castagnoli) of `bytes` from `start` on; `seed` is the checksum of what goes before. */
export const crc32c = (bytes: Uint8Array, start = 0, seed = 0): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.byteLength;
  let crc = ~seed;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(7, low) ^ entry(6, low >>> 8) ^ entry(5, low >>> 16) ^ entry(4, low >>> 24) ^
      entry(3, high) ^ entry(2, high >>> 8) ^ entry(1, high >>> 16) ^ entry(0, high >>> 24);
  }
  for (; at < end; at += 1) crc = entry(0, crc ^ view.getUint8(at)) ^ (crc >>> 8);
  return ~crc >>> 0;
};
