/** A personal value under its person's key: `sealed` is base64url of nonce, ciphertext and tag. Opaque here, and never compared. */
export interface Sealed {
  readonly sealed: string;
  readonly personId: string;
  readonly field: string;
}

/** A text people wrote: sealed with the complainant's key where the case has a complainant, plain where it has none. */
export type Text = string | Sealed;

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'personId' in value && 'field' in value;
