export { createMasterKey, parseMasterKey } from './cipher.js';
export { KeysUnavailable, PersonForgotten, SealBroken, WrongMasterKey } from './errors.js';
export { KeyVault, type KeyVaultOptions } from './key-vault.js';
export { openEvents, openSealed, type Opened } from './open-sealed.js';
export { erased, erasedText, isSealed, type Sealed } from './sealed.js';
