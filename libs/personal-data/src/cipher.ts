import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

export const newKey = (): Buffer => randomBytes(32);

/** Nonce, ciphertext and tag. `associated` has to be given again to decrypt. */
export function encrypt(key: Buffer, clear: Buffer, associated: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when the key, the associated data or any bit is not the one it was encrypted with. */
export function decrypt(key: Buffer, box: Buffer, associated: string): Buffer | undefined {
  if (box.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(box.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceLength, -tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The key under which persons' keys are stored. */
export interface MasterKey {
  readonly key: Buffer;
  /** Tells one master key from another without telling the key. */
  readonly id: string;
}

/** A new value for ATRIUM_KEYS_MASTER. */
export const createMasterKey = (): string => newKey().toString('hex');

/** @throws TypeError unless it is 64 hexadecimal digits */
export function parseMasterKey(hex: string): MasterKey {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new TypeError('ATRIUM_KEYS_MASTER must be 64 hexadecimal digits');
  const key = Buffer.from(hex, 'hex');
  return { key, id: createHash('sha256').update('atrium master key').update(key).digest('hex').slice(0, 16) };
}

export const wrap = (master: MasterKey, personId: string, key: Buffer): Buffer => encrypt(master.key, key, wrapping(personId));

export const unwrap = (master: MasterKey, personId: string, box: Buffer): Buffer | undefined => decrypt(master.key, box, wrapping(personId));

const wrapping = (personId: string): string => JSON.stringify(['atrium person key', personId]);
