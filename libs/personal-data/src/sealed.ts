/** A person's value under that person's key. `field` says what it is (`complainant.name`), and is part of the seal. */
export interface Sealed {
  /** base64url of nonce, ciphertext and tag. */
  readonly sealed: string;
  readonly personId: string;
  readonly field: string;
}

/** In place of a value whose key no longer exists. */
export const erased: unique symbol = Symbol('erased');

/** The same where a text is needed: in opened events, read models and answers. */
export const erasedText = 'erased';

export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const { sealed, personId, field } = value as Partial<Record<keyof Sealed, unknown>>;
  return typeof sealed === 'string' && typeof personId === 'string' && typeof field === 'string' && Object.keys(value).length === 3;
}
