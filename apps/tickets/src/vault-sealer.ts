import type { KeyVault } from '@atrium/personal-data';
import { KeysUnavailable, PersonForgotten } from '@atrium/personal-data';
import { Problem } from '@atrium/http';
import type { Sealed } from '@atrium/tickets-domain';
import type { Sealer } from './complaint/personal-texts.js';

/** Seals with the vault's keys, and says at the edge why it cannot. */
export class VaultSealer implements Sealer {
  constructor(private readonly vault: KeyVault) {}

  async sealTexts(personId: string, texts: readonly { readonly field: string; readonly text: string }[]): Promise<readonly Sealed[]> {
    try {
      await this.vault.ensureKey(personId);
      return await Promise.all(texts.map(({ field, text }) => this.vault.seal(personId, field, text)));
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new Problem(503, 'keys-away', 'Personal data cannot be sealed at the moment. Repeat with the same key.', {}, { cause: error });
      if (error instanceof PersonForgotten) throw new Problem(409, 'person-erased', 'The person of this complaint has been erased; nothing personal can be added.', {}, { cause: error });
      throw error;
    }
  }
}
