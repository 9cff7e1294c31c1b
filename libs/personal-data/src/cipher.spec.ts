import { createMasterKey, decrypt, encrypt, newKey, parseMasterKey, unwrap, wrap } from './cipher.js';

const key = newKey();
const clear = Buffer.from('王小明 +86 138');

it('decrypts what it encrypted, and never writes the same twice', () => {
  const box = encrypt(key, clear, 'a');
  expect(decrypt(key, box, 'a')).toEqual(clear);
  expect(encrypt(key, clear, 'a').equals(box)).toBe(false);
});

it('opens nothing when any byte, the associated data or the key is another', () => {
  const box = encrypt(key, clear, 'a');
  for (let i = 0; i < box.length; i++) {
    const forged = Buffer.from(box);
    forged[i] = (forged[i] as number) ^ 1;
    expect(decrypt(key, forged, 'a')).toBeUndefined();
  }
  expect(decrypt(key, box, 'b')).toBeUndefined();
  expect(decrypt(newKey(), box, 'a')).toBeUndefined();
  expect(decrypt(key, box.subarray(0, 27), 'a')).toBeUndefined();
});

it('unwraps a key for its person and master only', () => {
  const master = parseMasterKey(createMasterKey());
  const wrapped = wrap(master, 'p', key);
  expect(unwrap(master, 'p', wrapped)).toEqual(key);
  expect(unwrap(master, 'q', wrapped)).toBeUndefined();
  expect(unwrap(parseMasterKey(createMasterKey()), 'p', wrapped)).toBeUndefined();
});

it.each(['', 'abc', 'g'.repeat(64), '0'.repeat(65)])('refuses %p as a master key', (hex) => {
  expect(() => parseMasterKey(hex)).toThrow('ATRIUM_KEYS_MASTER must be 64 hexadecimal digits');
});
