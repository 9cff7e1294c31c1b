/** The database of keys does not answer, and the key is not at hand: 503, repeat later. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  /** It passes by itself. */
  readonly transient = true;
  constructor(cause: unknown) {
    super('The database of personal keys does not answer', { cause });
  }
}

/** The ciphertext is not what was sealed for this person and field: forged, damaged or moved from elsewhere. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor(readonly personId: string, readonly field: string) {
    super(`The sealed value of field ${field} is not the one that was sealed for its person`);
  }
}

/** The person's key was destroyed; nothing can be sealed for this person id again. */
export class PersonForgotten extends Error {
  override readonly name = 'PersonForgotten';
  constructor(readonly personId: string) {
    super('This person has been forgotten; a returning person gets a new person id');
  }
}

/** The stored keys were wrapped with another master key than the one configured. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
  constructor() {
    super('The personal keys were stored under another ATRIUM_KEYS_MASTER than the one given');
  }
}
