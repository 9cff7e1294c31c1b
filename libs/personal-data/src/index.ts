export { KeysUnavailable, PersonForgotten, SealBroken, WrongMasterKey } from './errors.js';
export { KeyVault, type KeyVaultOptions } from './key-vault.js';
export { openEvents } from './open-sealed.js';
export { erased, isSealed, type Sealed } from './sealed.js';
